package madang.chat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import madang.kit.Failure;

/// One emoji as people see it, which may be many code points: with skin, joined to a family, a
/// flag, a key. Forms that differ only in whether they ask to be drawn in colour are one emoji and
/// are kept fully qualified (Unicode Technical Standard 51).
record Emoji(String text) {
    static final int MAX_CODE_POINTS = 32;

    private static final String COLOURED = "\uFE0F";
    private static final String SYMBOL = "[\\p{IsEmoji}&&[^0-9#*\\x{1F1E6}-\\x{1F1FF}]]";
    private static final String ELEMENT =
            SYMBOL + "(?:\\p{IsEmoji_Modifier}|\\x{FE0F})?(?:[\\x{E0020}-\\x{E007E}]+\\x{E007F})?";
    private static final Pattern EMOJI =
            Pattern.compile(
                    ELEMENT
                            + "(?:\\x{200D}"
                            + ELEMENT
                            + ")*|[\\x{1F1E6}-\\x{1F1FF}]{2}|[0-9#*]\\x{FE0F}?\\x{20E3}");

    /// A symbol that is drawn as text unless it asks for colour, or has a skin.
    private static final Pattern UNCOLOURED =
            Pattern.compile(
                    "([0-9#*](?=\\x{20E3})|"
                            + "[\\p{IsEmoji}&&[^\\p{IsEmoji_Presentation}0-9#*]]"
                            + "(?!\\p{IsEmoji_Modifier}))");

    static Emoji of(String text) {
        if (text.codePointCount(0, text.length()) > MAX_CODE_POINTS
                || !EMOJI.matcher(text).matches()) {
            throw Failure.invalid("emoji", "emoji");
        }
        Matcher plain = UNCOLOURED.matcher(text.replace(COLOURED, ""));
        return new Emoji(plain.replaceAll("$1" + COLOURED));
    }

    @Override
    public String toString() {
        return text;
    }
}
