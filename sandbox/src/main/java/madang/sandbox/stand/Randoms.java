package madang.sandbox.stand;

import java.security.SecureRandom;
import java.util.Base64;

/// Words that nobody guesses: codes, tokens, secrets of channels.
public final class Randoms {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    public static String word() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private Randoms() {}
}
