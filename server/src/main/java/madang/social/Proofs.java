package madang.social;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The unguessable texts of a sign-in. Nonce and PKCE verifier are derived from the state and a key
/// of the house (HMAC-SHA256), so that no table needs to hold them; nobody else can, though the
/// state is no secret to the provider.
final class Proofs {
    private static final int BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec key;

    Proofs(byte[] key) {
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    /// 256 random bits.
    String made() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return text(bytes);
    }

    /// Whether a text may be one that was made here.
    static boolean isOne(String text) {
        return text.matches("[A-Za-z0-9_-]{43}");
    }

    String nonce(String state) {
        return derived("nonce:" + state);
    }

    String verifier(String state) {
        return derived("verifier:" + state);
    }

    /// RFC 7636 §4.2.
    String challenge(String state) {
        return text(hash(verifier(state)));
    }

    static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(US_ASCII));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String derived(String from) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return text(mac.doFinal(from.getBytes(US_ASCII)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
