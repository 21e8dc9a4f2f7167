package madang.kit.settings;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Every setting in words, from the records themselves: `.env.example` and `./madang config` cannot
/// tell anything else than what is read.
public final class ConfigReference {
    private ConfigReference() {}

    /// The reference with what each key has now and who gave it; secrets show as dots. Problems
    /// stand at the end instead of stopping it: this is where one looks for them.
    public static String text(Sources sources, List<Class<? extends Record>> types) {
        Aliases aliases = Aliases.ofHouse();
        Reading reading = new Reading(sources, aliases, KeySpec.of(types));
        String keys =
                types.stream()
                        .map(type -> title(type) + "\n\n" + section(type, reading, aliases))
                        .collect(Collectors.joining("\n"));
        return keys
                + paragraph("Notices", reading.notices())
                + paragraph("Problems", reading.problems().lines());
    }

    /// A file to copy to `.env`: every key with its default, switched off by `#`.
    public static String envExample(List<Class<? extends Record>> types) {
        return types.stream()
                .map(type -> "\n# --- " + title(type) + " ---\n" + examples(type))
                .collect(
                        Collectors.joining(
                                "",
                                """
                                # Every setting of Madang. Nothing here is needed to start: without any, everything runs
                                # embedded and the outside world is a sandbox. Take the # away from what you change.
                                # Nearer places win: environment, this file as .env, MADANG_DATA/madang.properties, default.
                                # Lists are comma lists; durations read 30s, 15m, 24h, 7d; rates 10/second burst 50, 5/15minute.
                                """,
                                ""));
    }

    private static String title(Class<? extends Record> type) {
        return type.getSimpleName().replace("Settings", "");
    }

    private static String section(Class<? extends Record> type, Reading reading, Aliases aliases) {
        return KeySpec.of(type)
                .map(spec -> present(spec, reading) + told(spec, "    ") + others(spec, aliases))
                .collect(Collectors.joining());
    }

    private static String present(KeySpec spec, Reading reading) {
        Reading.@Nullable Held held = reading.held(spec);
        if (held == null) {
            boolean isMadeLater = spec.isMade() && !reading.stage().isGuarded();
            return "  %s  [%s]\n"
                    .formatted(spec.name(), isMadeLater ? "made at the first start" : "not set");
        }
        return "  %s = %s  [%s]\n".formatted(spec.name(), shown(spec, held), held.from());
    }

    /// What holds a secret prints it as dots by itself; a text that cannot be read has no such
    /// care.
    private static String shown(KeySpec spec, Reading.Held held) {
        if (!spec.form().isSecret()) {
            return held.text();
        }
        return held.value() == null ? "•••" : held.value().toString();
    }

    private static String others(KeySpec spec, Aliases aliases) {
        List<String> names = aliases.namesOf(spec.name());
        return names.isEmpty() ? "" : "    also read: " + String.join(", ", names) + "\n";
    }

    private static String examples(Class<? extends Record> type) {
        return KeySpec.of(type)
                .map(spec -> "\n" + told(spec, "# ") + example(spec))
                .collect(Collectors.joining());
    }

    /// A default that another key gives has no text of its own.
    private static String example(KeySpec spec) {
        String text = spec.key().value();
        return text.contains("{")
                ? "# Default: %s.\n#%s=\n".formatted(text, spec.name())
                : "#%s=%s\n".formatted(spec.name(), text);
    }

    private static String told(KeySpec spec, String margin) {
        String bounds = spec.bounds().isEmpty() ? "" : " (" + spec.bounds() + ")";
        String command = spec.key().made().command();
        return margin
                + spec.key().says()
                + bounds
                + ".\n"
                + (spec.isMade()
                        ? margin + "Made in development; to make one: " + command + "\n"
                        : "");
    }

    private static String paragraph(String title, List<String> lines) {
        return lines.isEmpty() ? "" : "\n" + title + "\n  " + String.join("\n  ", lines) + "\n";
    }
}
