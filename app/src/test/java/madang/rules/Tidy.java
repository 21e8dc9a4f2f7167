package madang.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import madang.rules.Tree.Source;

/// What compiler and formatter do not see. Every look takes a file and answers its faults as
/// `path:line: what, and what to write instead`.
final class Tidy {

    /// A call that main sources do not make, what to write instead, and who may all the same.
    private record Banned(Pattern call, String instead, Set<String> allowed) {
        Banned(String call, String instead, String... allowed) {
            this(Pattern.compile(call), instead, Set.of(allowed));
        }

        boolean concerns(Source source) {
            return allowed.stream().noneMatch(source.path()::endsWith);
        }
    }

    private static final List<Banned> BANNED =
            List.of(
                    new Banned("\\bInstant\\.now\\(", "clock.instant()"),
                    new Banned(
                            "\\bLocal(Date|Time|DateTime)\\.now\\(", "clock and the user's zone"),
                    new Banned("\\b(Zoned|Offset)DateTime\\.now\\(", "clock.instant()"),
                    new Banned("\\bnew Date\\(\\)", "clock.instant()"),
                    new Banned(
                            "\\bSystem\\.currentTimeMillis\\(",
                            "clock.millis()",
                            // How long the JVM took to start is no time of the house.
                            "app/Main.java"),
                    new Banned(
                            "\\bClock\\.system|InstantSource\\.system",
                            "a clock that is given",
                            "app/Wiring.java"),
                    new Banned("\\bUUID\\.randomUUID\\(", "ids.next()"),
                    new Banned(
                            "\\b(new Random\\(|Math\\.random\\()",
                            "SecureRandom, or ids",
                            "bench/Mix.java"),
                    new Banned("\\bSystem\\.getenv\\(", "a setting", "kit/settings/Sources.java"),
                    new Banned("\\.printStackTrace\\(", "log.error(what, thrown)"),
                    new Banned(
                            "\\bSystem\\.(out|err)\\b", "log", "app/Main.java", "bench/Bench.java"),
                    new Banned(
                            "\\bnew Thread\\(|\\.parallelStream\\(",
                            "a virtual thread",
                            "app/Main.java"));

    /// SQL is whole and constant; only names that parameters cannot carry are joined into it.
    private static final Pattern JOINED_SQL =
            Pattern.compile("\\.sql\\(\\s*(?:\"[^\"]*\"\\s*\\+\\s*)+(?![A-Z_]+\\b)\\w+");

    private static final Set<String> JOINS_NAMES =
            Set.of(
                    // The names of partitions, made from a date.
                    "kit/db/FactPartitions.java",
                    // The name of a column, one of three that stand in the class.
                    "identity/AccountStore.java");

    private static final Pattern LATER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b");
    private static final Pattern SWITCHED_OFF = Pattern.compile("@Dis" + "abled\\b");
    private static final Pattern MACHINE_PATH =
            Pattern.compile("(?<![\\w.$}])/(work|tmp/\\w|root/|home/\\w|Users/\\w)[\\w/]*");

    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s#]+)(?:#[^)]*)?\\)");
    private static final Pattern TICKED = Pattern.compile("`([^`\\s]+)`");
    private static final Pattern FILE_NAME =
            Pattern.compile(
                    "[\\w./{},@-]*[\\w}]\\.(java|md|sql|xml|ya?ml|properties|tsv|js|css|html|sh|svg)");

    private static final Pattern PAGE = Pattern.compile("\\bdocs/[\\w/-]+\\.(md|yaml)\\b");

    /// Files that a running house makes; no repository holds them.
    private static final Set<String> MADE_BY_A_RUN =
            Set.of("madang.properties", "made-secrets.properties");

    private static final Pattern KEY_BLOCK =
            Pattern.compile("-----BEGIN [A-Z ]*PRIVATE" + " KEY-----(\\\\n\\w|$)");
    private static final Pattern KNOWN_SECRET =
            Pattern.compile(
                    "\\b(AKIA[0-9A-Z]{16}|gh[pousr]_\\w{36}|xox[abp]-[\\w-]{10,}|eyJ\\w{10,}\\.eyJ\\w+)");
    private static final Pattern LONG_WORD = Pattern.compile("[A-Za-z0-9+/_-]{32,}={0,2}");
    private static final double RANDOM_BITS_A_LETTER = 4.4;

    static List<String> bannedCalls(Source source) {
        return lines(
                source,
                line ->
                        BANNED.stream()
                                .filter(banned -> banned.concerns(source))
                                .filter(banned -> banned.call().matcher(code(line)).find())
                                .map(banned -> banned.call() + ": write " + banned.instead()));
    }

    static List<String> joinedSql(Source source) {
        Matcher joined = JOINED_SQL.matcher(source.text());
        List<String> faults = new ArrayList<>();
        while (joined.find() && JOINS_NAMES.stream().noneMatch(source.path()::endsWith)) {
            faults.add(at(source, joined.start()) + "joined SQL: write a :parameter");
        }
        return faults;
    }

    static List<String> unfinished(Source source) {
        return lines(
                source,
                line ->
                        Stream.of(LATER, SWITCHED_OFF)
                                .filter(mark -> mark.matcher(line).find())
                                .map(mark -> "do it, or write down why not"));
    }

    static List<String> machinePaths(Source source) {
        return lines(
                source,
                line ->
                        MACHINE_PATH
                                .matcher(line)
                                .results()
                                .map(path -> "a path of one machine: " + path.group()));
    }

    /// Every package tells what it owns.
    static List<String> silentPackages(Set<String> paths) {
        Set<String> silent = new TreeSet<>();
        for (String path : paths) {
            String folder = path.substring(0, path.lastIndexOf('/') + 1);
            if (path.endsWith(".java")
                    && path.contains("src/main/java/")
                    && !paths.contains(folder + "package-info.java")) {
                silent.add(folder + ": no package-info.java");
            }
        }
        return List.copyOf(silent);
    }

    /// Links and names of files in a page that lead nowhere; `known` tells whether a path exists.
    static List<String> lostFiles(Source page, BiPredicate<Source, String> known) {
        return lines(
                page,
                line ->
                        Stream.concat(links(line), ticked(line))
                                .filter(name -> !known.test(page, name))
                                .map(name -> "there is no " + name));
    }

    /// Pages that a source refers its reader to.
    static List<String> lostPages(Source source, BiPredicate<Source, String> known) {
        return lines(
                source,
                line ->
                        PAGE.matcher(line)
                                .results()
                                .map(page -> page.group())
                                .filter(page -> !known.test(source, page))
                                .map(page -> "there is no " + page));
    }

    /// What looks like a secret: key blocks, tokens of known makers, long words of pure chance.
    static List<String> secrets(Source source) {
        return lines(
                source,
                line ->
                        Stream.concat(
                                        Stream.of(KEY_BLOCK, KNOWN_SECRET)
                                                .filter(form -> form.matcher(line).find())
                                                .map(Pattern::pattern),
                                        LONG_WORD
                                                .matcher(line)
                                                .results()
                                                .map(word -> word.group())
                                                .filter(Tidy::isRandom))
                                .map(found -> "looks like a secret: " + found));
    }

    private static Stream<String> links(String line) {
        return LINK.matcher(line)
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.matches("[a-z]+:.*"));
    }

    private static Stream<String> ticked(String line) {
        return TICKED.matcher(line)
                .results()
                .map(name -> name.group(1))
                .filter(name -> FILE_NAME.matcher(name).matches())
                .filter(name -> !name.startsWith("/"))
                .filter(name -> MADE_BY_A_RUN.stream().noneMatch(name::endsWith))
                .flatMap(Tidy::spelledOut);
    }

    /// `texts_{ko,en}.properties` names two files.
    private static Stream<String> spelledOut(String name) {
        int open = name.indexOf('{');
        int close = name.indexOf('}', open + 1);
        return open < 0 || close < 0
                ? Stream.of(name)
                : Stream.of(name.substring(open + 1, close).split(","))
                        .map(word -> name.substring(0, open) + word + name.substring(close + 1));
    }

    private static boolean isRandom(String word) {
        return word.matches(".*[0-9].*")
                && word.matches(".*[a-z].*")
                && word.matches(".*[A-Z].*")
                && entropy(word) > RANDOM_BITS_A_LETTER;
    }

    /// Shannon's, in bits a letter.
    private static double entropy(String word) {
        return word
                .chars()
                .boxed()
                .collect(Collectors.groupingBy(c -> c, Collectors.counting()))
                .values()
                .stream()
                .mapToDouble(count -> (double) count / word.length())
                .map(share -> -share * Math.log(share) / Math.log(2))
                .sum();
    }

    /// A line without its comment.
    private static String code(String line) {
        return line.replaceFirst("(^|\\s)///?.*", "");
    }

    private interface Look {
        Stream<String> at(String line);
    }

    private static List<String> lines(Source source, Look look) {
        List<String> faults = new ArrayList<>();
        String[] lines = source.text().split("\n", -1);
        for (int number = 1; number <= lines.length; number++) {
            String place = source.path() + ":" + number + ": ";
            look.at(lines[number - 1]).forEach(fault -> faults.add(place + fault));
        }
        return faults;
    }

    private static String at(Source source, int offset) {
        long line = source.text().substring(0, offset).lines().count();
        return source.path() + ":" + line + ": ";
    }

    private Tidy() {}
}
