package madang.identity;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A name that somebody signs in with: as it is shown, and the key by which it is compared and
/// unique. Each factory answers null where the text is no such name.
public record LoginName(Kind kind, String shown, String key) {
    public enum Kind {
        USERNAME,
        EMAIL,
        PHONE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int MIN_USERNAME = 3;
    private static final int MAX_USERNAME = 32;
    private static final int MAX_EMAIL = 254;
    private static final String LABEL = "[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?";
    private static final Pattern EMAIL =
            Pattern.compile(
                    "[^\\s\\p{Cntrl}@<>\"(),:;\\[\\]\\\\]{1,64}@"
                            + LABEL
                            + "(?:\\."
                            + LABEL
                            + ")+");
    private static final Pattern PHONE_SHAPE = Pattern.compile("[+0][0-9 ().-]*");
    private static final Pattern PHONE_PUNCTUATION = Pattern.compile("[ ().-]");

    /// National numbers of Korea: a trunk 0, an area or mobile prefix, the subscriber.
    private static final Pattern KOREAN = Pattern.compile("0[1-9][0-9]{7,10}");

    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");

    /// 3–32 letters and digits of any script and `. _ -`, at least one of them a letter, so that no
    /// username can be taken for a phone number.
    public static @Nullable LoginName username(String text) {
        String shown = Normalizer.normalize(text, Normalizer.Form.NFC);
        int length = shown.codePointCount(0, shown.length());
        boolean isGood =
                length >= MIN_USERNAME
                        && length <= MAX_USERNAME
                        && shown.codePoints().allMatch(LoginName::isOfUsername)
                        && shown.codePoints().anyMatch(Character::isLetter);
        return isGood ? new LoginName(Kind.USERNAME, shown, caseless(shown)) : null;
    }

    /// The key tells apart whatever two mailboxes could be: the domain as DNS knows it, and of the
    /// rest only the case of ASCII letters is passed over. A bolder folding would let the owner of
    /// `mına@…` or of `gıthub.com` prove the address of somebody else.
    public static @Nullable LoginName email(String text) {
        String shown = Normalizer.normalize(text.strip(), Normalizer.Form.NFC);
        if (shown.length() > MAX_EMAIL || !EMAIL.matcher(shown).matches()) {
            return null;
        }
        int at = shown.indexOf('@');
        try {
            String domain = IDN.toASCII(shown.substring(at + 1)).toLowerCase(Locale.ROOT);
            String key = asciiCaseless(shown.substring(0, at)) + "@" + domain;
            return new LoginName(Kind.EMAIL, shown, key);
        } catch (IllegalArgumentException noDomain) {
            return null;
        }
    }

    /// E.164 (`+821012345678`). Numbers without a country are Korean; others come with `+`.
    public static @Nullable LoginName phone(String text) {
        String typed = Normalizer.normalize(text, Normalizer.Form.NFKC);
        String digits = PHONE_PUNCTUATION.matcher(typed).replaceAll("");
        String national = digits.startsWith("+820") ? digits.substring("+82".length()) : digits;
        if (KOREAN.matcher(national).matches()) {
            return phoneOf("+82" + national.substring(1));
        }
        boolean isGood =
                E164.matcher(digits).matches()
                        && (!digits.startsWith("+82")
                                || KOREAN.matcher("0" + digits.substring("+82".length()))
                                        .matches());
        return isGood ? phoneOf(digits) : null;
    }

    /// Any of the three, told apart by shape.
    public static @Nullable LoginName identifier(String text) {
        if (text.indexOf('@') >= 0) {
            return email(text);
        }
        String typed = Normalizer.normalize(text.strip(), Normalizer.Form.NFKC);
        return PHONE_SHAPE.matcher(typed).matches() ? phone(typed) : username(text);
    }

    private static LoginName phoneOf(String number) {
        return new LoginName(Kind.PHONE, number, number);
    }

    private static boolean isOfUsername(int c) {
        return Character.isLetterOrDigit(c) || c == '.' || c == '_' || c == '-';
    }

    private static String asciiCaseless(String text) {
        StringBuilder folded = new StringBuilder(text);
        for (int i = 0; i < folded.length(); i++) {
            char c = folded.charAt(i);
            folded.setCharAt(i, c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
        }
        return folded.toString();
    }

    /// Upper case first, so that letters with two lower-case forms meet (`ς` and `σ`).
    static String caseless(String shown) {
        return Normalizer.normalize(
                shown.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    }
}
