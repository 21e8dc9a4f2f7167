package madang.identity;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.List;
import java.util.UUID;
import madang.kit.Id;
import madang.kit.Secret;
import madang.kit.Session;
import org.jspecify.annotations.Nullable;

/// Makes and reads refresh tokens: base64url of session, generation, secret, signature. The
/// signature keeps strangers from ending a session by inventing a token of it; the secret's hash in
/// the session's row decides which generation is the living one. A successor is derived from its
/// predecessor, so that the answer to a lost refresh can be given again though only hashes are kept
/// (docs/decisions/refresh-tokens.md).
final class RefreshTokens {
    private static final int SECRET_BYTES = 32;
    private static final int BYTES = 2 * Long.BYTES + Integer.BYTES + SECRET_BYTES;

    private final Keys signing;
    private final Keys succession;
    private final SecureRandom random = new SecureRandom();

    /// A token as a value. Whoever holds one knows that it is genuine.
    record RefreshToken(Id<Session> session, int generation, byte[] secret) {

        /// All of it that is kept.
        byte[] hash() {
            try {
                return MessageDigest.getInstance("SHA-256").digest(secret);
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        private byte[] bytes() {
            return ByteBuffer.allocate(BYTES)
                    .putLong(session.value().getMostSignificantBits())
                    .putLong(session.value().getLeastSignificantBits())
                    .putInt(generation)
                    .put(secret)
                    .array();
        }
    }

    RefreshTokens(List<Secret> secrets) {
        signing = Keys.of(secrets, "refresh token signature");
        succession = Keys.of(secrets, "refresh token succession");
    }

    RefreshToken first(Id<Session> session) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return new RefreshToken(session, 0, secret);
    }

    /// The tokens that this one may have been rotated to, one for each key; the first is the one
    /// that a rotation makes now.
    List<RefreshToken> successors(RefreshToken token) {
        return succession.signEach(token.bytes()).stream()
                .map(secret -> new RefreshToken(token.session(), token.generation() + 1, secret))
                .toList();
    }

    String write(RefreshToken token) {
        return signing.seal(token.bytes());
    }

    /// Null for what we never made.
    @Nullable RefreshToken read(String text) {
        byte @Nullable [] bytes = signing.open(text, BYTES);
        return bytes == null ? null : parsed(bytes);
    }

    private static RefreshToken parsed(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        Id<Session> session = new Id<>(new UUID(in.getLong(), in.getLong()));
        int generation = in.getInt();
        byte[] secret = new byte[SECRET_BYTES];
        in.get(secret);
        return new RefreshToken(session, generation, secret);
    }
}
