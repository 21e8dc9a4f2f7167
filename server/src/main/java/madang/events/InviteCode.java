package madang.events;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// What an invite link says: letters and digits that survive being read out loud, copied and put
/// into an address. Twelve of them are 71 bits: nobody comes upon one by trying.
final class InviteCode {
    static final int LENGTH = 12;
    private static final String ALPHABET =
            "0123456789" + "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + "abcdefghijklmnopqrstuvwxyz";
    private static final Pattern FORM = Pattern.compile("[0-9A-Za-z]{" + LENGTH + "}");
    private static final RandomGenerator RANDOM = new SecureRandom();

    static String next() {
        StringBuilder code = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            code.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return code.toString();
    }

    /// Whether it can be a code at all; whatever else is written there is an unknown one.
    static boolean is(String text) {
        return FORM.matcher(text).matches();
    }

    private InviteCode() {}
}
