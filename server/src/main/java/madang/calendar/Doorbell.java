package madang.calendar;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Where the vendor rings when a calendar has changed, and how he proves that it is he: by the
/// secret of the channel, which only he was told.
final class Doorbell {
    static final String PATH = "/api/v1/webhooks/google/calendar";

    private final Supplier<@Nullable String> ownAddress;
    private final SecretKeySpec key;

    Doorbell(Supplier<@Nullable String> ownAddress, byte[] key) {
        this.ownAddress = ownAddress;
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    /// Null where nobody from outside can reach us.
    @Nullable String address() {
        @Nullable String own = ownAddress.get();
        return own == null ? null : own + PATH;
    }

    String secret(String channel) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(channel.getBytes(US_ASCII)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    boolean isProven(String channel, String secret) {
        return MessageDigest.isEqual(secret(channel).getBytes(US_ASCII), secret.getBytes(US_ASCII));
    }
}
