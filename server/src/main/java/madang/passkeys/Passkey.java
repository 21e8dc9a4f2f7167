package madang.passkeys;

import java.time.Instant;
import java.util.List;
import madang.kit.Id;
import madang.kit.User;
import org.jspecify.annotations.Nullable;

/// The public half of somebody's passkey.
///
/// @param attested the model of the authenticator, the credential's id and the public key
/// @param signCount how often it has signed, as it says; 0 where it does not count
/// @param isBackupEligible whether its keeper copies it to other devices of its owner
/// @param isBackedUp whether it has done so
/// @param name what its owner calls it
record Passkey(
        Id<Passkey> id,
        Id<User> user,
        byte[] credentialId,
        byte[] attested,
        long signCount,
        boolean isBackupEligible,
        boolean isBackedUp,
        List<String> transports,
        @Nullable String name,
        Instant createdAt,
        @Nullable Instant lastUsedAt) {

    /// So many a user may have: more than anybody has devices.
    static final int MOST = 20;
}
