package madang.kit.settings;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The syntax of `.env` as its tools agree on it: `NAME=value`, perhaps after `export`; `'…'` is
/// taken as it stands, `"…"` knows `\n`, `\"` and `\\`, both may span lines; a comment begins a
/// line or follows a space. Nothing is expanded: `$` is a dollar.
final class DotEnv {
    private static final String NOTHING_MORE = "\\h*(?:#[^\\n]*)?(?:\\n|\\z)";
    private static final Pattern PIECE =
            Pattern.compile(
                    "\\G(?:"
                            + NOTHING_MORE
                            + "|\\h*(?:export\\h+)?(?<name>[A-Za-z_][\\w.]*)\\h*=(?:"
                            + "\\h*'(?<single>[^']*)'"
                            + NOTHING_MORE
                            + "|\\h*\"(?<double>[^\"\\\\]*+(?:\\\\[\\s\\S][^\"\\\\]*+)*+)\""
                            + NOTHING_MORE
                            + "|(?!\\h*['\"])(?<plain>[^\\n]*)(?:\\n|\\z))"
                            + "|(?<broken>[^\\n]+)(?:\\n|\\z))");

    private DotEnv() {}

    static Map<String, String> parse(String text, String file, Problems problems) {
        String lines = text.replace("\uFEFF", "").replace("\r\n", "\n");
        Map<String, String> values = new LinkedHashMap<>();
        Matcher piece = PIECE.matcher(lines);
        while (piece.find()) {
            if (piece.group("name") != null) {
                values.put(piece.group("name"), value(piece));
            } else if (piece.group("broken") != null) {
                problems.add(
                        "Line %d of %s is no NAME=value: mend it, or begin it with #."
                                .formatted(lineNumber(lines, piece.start()), file));
            }
        }
        return values;
    }

    private static String value(Matcher piece) {
        if (piece.group("single") != null) {
            return piece.group("single");
        }
        return piece.group("double") != null
                ? unescaped(piece.group("double"))
                : piece.group("plain").replaceFirst("\\h#.*", "").strip();
    }

    private static String unescaped(String quoted) {
        return Pattern.compile("\\\\([\\s\\S])")
                .matcher(quoted)
                .replaceAll(escape ->
                        switch (escape.group(1)) {
                            case "n" -> "\n";
                            case "r" -> "\r";
                            case "t" -> "\t";
                            default -> Matcher.quoteReplacement(escape.group(1));
                        });
    }

    private static long lineNumber(String text, int position) {
        return 1 + text.substring(0, position).chars().filter(c -> c == '\n').count();
    }
}
