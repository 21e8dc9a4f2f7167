package madang.files;

import java.text.Normalizer;
import java.util.regex.Pattern;

/// The name under which people see a file. It comes from a stranger's computer and is shown on
/// everybody's, so it loses its folders and whatever is not seen or turns the line around (an `exe`
/// that reads as `txt`); Korean and emoji stay.
final class FileName {
    private static final int MAX_CODE_POINTS = 120;
    private static final int MAX_EXTENSION = 12;
    private static final Pattern FOLDERS = Pattern.compile("^.*[/\\\\]");
    private static final Pattern REFUSED = Pattern.compile("[<>:\"|?*]");

    /// Joins emoji to one picture; the only invisible letter that a name needs.
    private static final int JOINER = 0x200D;

    /// The name as it may be shown; of nothing that can be shown, "file".
    static String clean(String sent) {
        String base = FOLDERS.matcher(sent.replace("\n", "").replace("\r", "")).replaceFirst("");
        StringBuilder seen = new StringBuilder();
        Normalizer.normalize(base, Normalizer.Form.NFC)
                .codePoints()
                .filter(FileName::isSeen)
                .forEach(seen::appendCodePoint);
        String name =
                REFUSED.matcher(seen)
                        .replaceAll("_")
                        .replaceAll("\\s+", " ")
                        .replaceAll("^[. ]+|[. ]+$", "");
        return name.isEmpty() ? "file" : shortened(name);
    }

    /// What stands behind the last dot; empty where nothing does.
    static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot <= 0 || name.length() - dot > MAX_EXTENSION ? "" : name.substring(dot + 1);
    }

    private static String shortened(String name) {
        if (name.codePointCount(0, name.length()) <= MAX_CODE_POINTS) {
            return name;
        }
        String extension = extension(name);
        String end = extension.isEmpty() ? "" : "." + extension;
        int left = MAX_CODE_POINTS - end.length();
        return name.substring(0, name.offsetByCodePoints(0, left)).strip() + end;
    }

    private static boolean isSeen(int letter) {
        return switch (Character.getType(letter)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            case Character.FORMAT -> letter == JOINER;
            default -> true;
        };
    }

    private FileName() {}
}
