package madang.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import madang.kit.Secret;
import org.jspecify.annotations.Nullable;

/// Keys of one purpose, derived from the house's secrets (HMAC-SHA256, RFC 2104). The first makes
/// new signatures and all of them verify, so that secrets can be turned over without a sign-out.
record Keys(List<SecretKeySpec> inOrder) {
    private static final int SIGNATURE_BYTES = 32;
    private static final String HMAC = "HmacSHA256";

    static Keys of(List<Secret> secrets, String purpose) {
        return new Keys(
                secrets.stream()
                        .map(secret -> new SecretKeySpec(secret.value().getBytes(UTF_8), HMAC))
                        .map(secret -> sign(secret, purpose.getBytes(UTF_8)))
                        .map(derived -> new SecretKeySpec(derived, HMAC))
                        .toList());
    }

    /// What each key makes of the content, the present one first.
    List<byte[]> signEach(byte[] content) {
        return inOrder.stream().map(key -> sign(key, content)).toList();
    }

    /// The content and its signature as text that may go anywhere (base64url).
    String seal(byte[] content) {
        byte[] sealed = Arrays.copyOf(content, content.length + SIGNATURE_BYTES);
        byte[] signature = sign(inOrder.getFirst(), content);
        System.arraycopy(signature, 0, sealed, content.length, SIGNATURE_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    /// What was sealed, or null where we never sealed this.
    byte @Nullable [] open(String text, int contentBytes) {
        byte[] sealed;
        try {
            sealed = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException noBase64) {
            return null;
        }
        if (sealed.length != contentBytes + SIGNATURE_BYTES) {
            return null;
        }
        byte[] content = Arrays.copyOf(sealed, contentBytes);
        byte[] signature = Arrays.copyOfRange(sealed, contentBytes, sealed.length);
        return isSignedBy(content, signature) ? content : null;
    }

    private boolean isSignedBy(byte[] content, byte[] signature) {
        return inOrder.stream()
                .anyMatch(key -> MessageDigest.isEqual(sign(key, content), signature));
    }

    private static byte[] sign(SecretKeySpec key, byte[] content) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac.doFinal(content);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
