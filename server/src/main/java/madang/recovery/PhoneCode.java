package madang.recovery;

import java.time.Instant;
import madang.kit.Id;
import madang.kit.User;
import org.jspecify.annotations.Nullable;

/// A code on its way to a phone, or back.
record PhoneCode(
        Id<PhoneCode> id,
        String phone,
        @Nullable Id<User> userId,
        String sealedCode,
        int tries,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant usedAt) {

    static final int MOST_TRIES = 5;

    /// Whether it may still be tried.
    boolean isOpen(Instant now) {
        return usedAt == null && tries < MOST_TRIES && expiresAt.isAfter(now);
    }

    /// Where in the vault its digits belong.
    static String context(Id<PhoneCode> id) {
        return "recovery.phone_code:" + id;
    }
}
