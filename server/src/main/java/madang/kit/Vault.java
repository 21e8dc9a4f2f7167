package madang.kit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Seals what must not lie open in the database (diary texts, provider tokens …): AES-256-GCM (NIST
/// SP 800-38D). A sealed value reads `v1.<key id>.<base64url of nonce, ciphertext, tag>`; it
/// carries the id of its key, so keys can be turned over: the first key seals, all of them open.
/// `context` (table, column, row) is authenticated with the value, so that a sealed value copied to
/// another row does not open there.
public final class Vault {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;
    private final Map<String, SecretKeySpec> keys = new LinkedHashMap<>();
    private final String sealingKey;
    private final SecureRandom random = new SecureRandom();

    /// Keys as `id:base64 of 32 bytes`, newest first.
    public Vault(List<String> keySpecs) {
        keySpecs.forEach(this::addKey);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("the vault needs at least one key");
        }
        sealingKey = keys.keySet().iterator().next();
    }

    /// A new key in the form that the constructor reads.
    public static String newKey(String id, SecureRandom random) {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return id + ":" + Base64.getEncoder().encodeToString(key);
    }

    public String seal(String plain, String context) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed =
                crypt(
                        Cipher.ENCRYPT_MODE,
                        key(sealingKey),
                        nonce,
                        context,
                        plain.getBytes(StandardCharsets.UTF_8));
        byte[] whole =
                ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
        return "v1."
                + sealingKey
                + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    }

    /// What was sealed under this context; throws where the value, its key or its place is not
    /// genuine.
    public String open(String value, String context) {
        String[] parts = value.split("\\.", -1);
        if (parts.length != 3 || !parts[0].equals("v1")) {
            throw new IllegalArgumentException("not a sealed value");
        }
        byte[] whole = Base64.getUrlDecoder().decode(parts[2]);
        if (whole.length < NONCE_BYTES + TAG_BITS / 8) {
            throw new IllegalArgumentException("a sealed value that was cut");
        }
        byte[] nonce = Arrays.copyOf(whole, NONCE_BYTES);
        byte[] sealed = Arrays.copyOfRange(whole, NONCE_BYTES, whole.length);
        return new String(
                crypt(Cipher.DECRYPT_MODE, key(parts[1]), nonce, context, sealed),
                StandardCharsets.UTF_8);
    }

    /// A key of its own for one purpose, derived from the newest key (HMAC-SHA256, RFC 2104).
    public byte[] derive(String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key(sealingKey).getEncoded(), "HmacSHA256"));
            return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void addKey(String spec) {
        int colon = spec.indexOf(':');
        if (colon < 1 || !spec.substring(0, colon).matches("[A-Za-z0-9_-]{1,32}")) {
            throw new IllegalArgumentException("a vault key is id:base64 of 32 bytes");
        }
        byte[] key = Base64.getDecoder().decode(spec.substring(colon + 1).trim());
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a vault key has 32 bytes, this one " + key.length);
        }
        keys.put(spec.substring(0, colon), new SecretKeySpec(key, "AES"));
    }

    private SecretKeySpec key(String id) {
        @Nullable SecretKeySpec key = keys.get(id);
        if (key == null) {
            throw new IllegalArgumentException("no vault key with the id " + id);
        }
        return key;
    }

    private static byte[] crypt(
            int mode, SecretKeySpec key, byte[] nonce, String context, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException forged) {
            throw new IllegalArgumentException("a sealed value that does not open here", forged);
        }
    }
}
