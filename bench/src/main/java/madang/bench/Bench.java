package madang.bench;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/// `./madang bench [profile …]`: all figures, or those of the profiles that are named. It ends with
/// 1 where a figure misses what is asked of it.
public final class Bench {
    private static final String ALL = "all";

    private interface Measuring {
        void measure(Grounds grounds, Figures figures);
    }

    private record Profile(String word, Measuring measuring) {}

    /// In this order: what needs a server of its own first, then what shares a warm one, from the
    /// lightest to the heaviest.
    private static final List<Profile> PROFILES =
            List.of(
                    new Profile("ready", Starts::measure),
                    new Profile("memory", Memory::idle),
                    new Profile("idle", Memory::sockets),
                    new Profile("herd", Herd::measure),
                    new Profile("burst", Burst::measure),
                    new Profile("deep", Deep::measure),
                    new Profile("events", Agenda::measure),
                    new Profile("logins", Accounts::logins),
                    new Profile(
                            "talk", (grounds, figures) -> Talk.measure(grounds.town(), figures)),
                    new Profile("me", (grounds, figures) -> Reads.me(grounds.town(), figures)),
                    new Profile(
                            "refresh",
                            (grounds, figures) -> Accounts.refresh(grounds.town(), figures)),
                    new Profile(
                            "history",
                            (grounds, figures) -> Reads.history(grounds.town(), figures)),
                    new Profile(
                            "sends", (grounds, figures) -> Sends.measure(grounds.town(), figures)),
                    new Profile(
                            "fanout",
                            (grounds, figures) -> Fanout.measure(grounds.town(), figures)),
                    new Profile("mix", (grounds, figures) -> Mix.measure(grounds.town(), figures)));

    private Bench() {}

    public static void main(String[] args) {
        List<String> asked = List.of(args);
        if (!words().containsAll(asked)) {
            System.err.println("usage: ./madang bench [" + String.join("|", words()) + "] …");
            System.exit(2);
        }
        var figures = new Figures(System.out);
        figures.about("machine", Machine.describe());
        figures.about("raised", raised());
        try (var grounds = new Grounds(figures)) {
            profiles(asked).forEach(profile -> measure(profile, grounds, figures));
        }
        System.exit(figures.areAllMet() ? 0 : 1);
    }

    private static List<Profile> profiles(Collection<String> asked) {
        return PROFILES.stream()
                .filter(profile ->
                        asked.isEmpty() || asked.contains(ALL) || asked.contains(profile.word))
                .toList();
    }

    private static List<String> words() {
        return Stream.concat(Stream.of(ALL), PROFILES.stream().map(Profile::word)).toList();
    }

    /// A profile that fails does not keep the others from being measured.
    private static void measure(Profile profile, Grounds grounds, Figures figures) {
        figures.from("./madang bench " + profile.word);
        try {
            profile.measuring.measure(grounds, figures);
        } catch (RuntimeException failed) {
            figures.failed(failed);
            grounds.leaveTown();
        }
    }

    private static String raised() {
        return Server.RAISED.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(joining(", "));
    }
}
