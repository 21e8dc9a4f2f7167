package madang.identity;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import madang.kit.Id;
import madang.kit.Secret;
import madang.kit.User;
import org.jspecify.annotations.Nullable;

/// Marks a device from which an account was entered before, so that its owner gets in while others
/// guess at his password. Signed and bound to the account, so nothing has to be stored; it opens
/// nothing by itself.
final class DeviceTokens {
    private static final int USER_BYTES = 2 * Long.BYTES;
    private static final int DEVICE_BYTES = 16;
    private static final int BYTES = USER_BYTES + DEVICE_BYTES;

    private final Keys keys;
    private final SecureRandom random = new SecureRandom();

    DeviceTokens(List<Secret> secrets) {
        keys = Keys.of(secrets, "known device");
    }

    /// The device's own name, where this token was given to this account.
    @Nullable String device(@Nullable String text, Id<User> user) {
        byte @Nullable [] bytes = text == null ? null : keys.open(text, BYTES);
        return bytes != null && owner(bytes).equals(user)
                ? HexFormat.of().formatHex(bytes, USER_BYTES, BYTES)
                : null;
    }

    /// The token that came, if it is this account's, else a new one.
    String keepOrMake(@Nullable String came, Id<User> user) {
        return came != null && device(came, user) != null ? came : make(user);
    }

    private String make(Id<User> user) {
        byte[] device = new byte[DEVICE_BYTES];
        random.nextBytes(device);
        return keys.seal(
                ByteBuffer.allocate(BYTES)
                        .putLong(user.value().getMostSignificantBits())
                        .putLong(user.value().getLeastSignificantBits())
                        .put(device)
                        .array());
    }

    private static Id<User> owner(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new Id<>(new UUID(in.getLong(), in.getLong()));
    }
}
