package madang.chat;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whom a text calls with `@`: everybody, or for each call the names that it may mean, the longest
/// first. Korean hangs its particles onto a name (`@민아에게`, `@mina님`), so a name may end inside a
/// word, but not between two Latin letters or digits.
record Calls(boolean isAll, List<List<String>> names) {
    static final int MOST_CALLS = 50;

    private static final String ALL = "all";
    private static final int MIN_NAME = 3;
    private static final int MAX_NAME = 32;
    private static final Pattern CALL =
            Pattern.compile("(?<![\\p{L}\\p{N}@._-])@([\\p{L}\\p{N}._-]{1," + MAX_NAME + "})");
    private static final Calls NOBODY = new Calls(false, List.of());

    static Calls in(String text) {
        if (text.indexOf('@') < 0) {
            return NOBODY;
        }
        Matcher call = CALL.matcher(Normalizer.normalize(text, Normalizer.Form.NFC));
        boolean isAll = false;
        List<List<String>> names = new ArrayList<>();
        while (names.size() < MOST_CALLS && call.find()) {
            List<String> possible = possible(call.group(1));
            isAll |= possible.contains(ALL);
            names.add(possible);
        }
        return new Calls(isAll, names);
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    private static List<String> possible(String called) {
        List<String> names = new ArrayList<>();
        for (int end = called.length(); end > 0; end = called.offsetByCodePoints(end, -1)) {
            if (called.codePointCount(0, end) >= MIN_NAME && mayEnd(called, end)) {
                names.add(called.substring(0, end));
            }
        }
        return names;
    }

    private static boolean mayEnd(String called, int end) {
        return end == called.length()
                || !isLatin(called.charAt(end - 1))
                || !isLatin(called.charAt(end));
    }

    private static boolean isLatin(char letter) {
        return letter < 0x80 && Character.isLetterOrDigit(letter);
    }
}
