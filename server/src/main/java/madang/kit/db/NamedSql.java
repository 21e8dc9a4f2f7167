package madang.kit.db;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A statement's text as PostgreSQL's driver takes it, `?` for each `:name`, and the names in the
/// order of their places. Texts are constants of the code, so each is read once and kept.
///
/// Strings, quoted names and comments pass as they are, and so does a cast (`::uuid`).
record NamedSql(String text, List<String> names) {
    private static final Map<String, NamedSql> KNOWN = new ConcurrentHashMap<>();

    static NamedSql of(String text) {
        NamedSql known = KNOWN.get(text);
        return known != null ? known : KNOWN.computeIfAbsent(text, NamedSql::read);
    }

    private static NamedSql read(String text) {
        StringBuilder out = new StringBuilder(text.length());
        List<String> names = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int end = endOfPart(text, at);
            if (isName(text, at)) {
                names.add(text.substring(at + 1, end));
                out.append('?');
            } else {
                out.append(text, at, end);
            }
            at = end;
        }
        return new NamedSql(out.toString(), List.copyOf(names));
    }

    /// Where the part that begins here is over: a string, a comment, a cast, a name, or one letter.
    private static int endOfPart(String text, int at) {
        return switch (text.charAt(at)) {
            case '\'' -> behind(text, "'", at + 1);
            case '"' -> behind(text, "\"", at + 1);
            case '-' -> text.startsWith("--", at) ? behind(text, "\n", at) : at + 1;
            case '/' -> text.startsWith("/*", at) ? behind(text, "*/", at + 2) : at + 1;
            case ':' -> text.startsWith("::", at) ? at + 2 : endOfName(text, at + 1);
            default -> at + 1;
        };
    }

    private static boolean isName(String text, int at) {
        return text.charAt(at) == ':' && endOfName(text, at + 1) > at + 1;
    }

    private static int endOfName(String text, int from) {
        int end = from;
        if (end < text.length() && !Character.isJavaIdentifierStart(text.charAt(end))) {
            return end;
        }
        while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static int behind(String text, String mark, int from) {
        int found = text.indexOf(mark, from);
        return found < 0 ? text.length() : found + mark.length();
    }
}
