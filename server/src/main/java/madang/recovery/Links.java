package madang.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Db;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// Makes the tokens of mailed links, 256 random bits each, and takes them back once. Only hashes
/// are kept.
final class Links {
    private static final int TOKEN_BYTES = 32;

    private final Db db;
    private final LinkStore store;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    Links(Db db, LinkStore store, InstantSource clock) {
        this.db = db;
        this.store = store;
        this.clock = clock;
    }

    /// The token of a new link, which whoever reads the mails of this address can use.
    String make(Tx tx, LinkKind kind, @Nullable Id<User> user, String email) {
        byte[] token = new byte[TOKEN_BYTES];
        random.nextBytes(token);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(token);
        Instant now = clock.instant();
        store.add(tx, hash(text), kind, new Link(user, email, now.plus(kind.life())), now);
        return text;
    }

    /// Asked before costly work that would be in vain; only `take` decides.
    void requireGood(LinkKind kind, String token) {
        if (!db.read(tx -> store.isGood(tx, hash(token), kind, clock.instant()))) {
            throw invalid();
        }
    }

    /// Uses a link up, and with it all that would do the same. `LINK_INVALID` for one that was
    /// used, is too old, or never was.
    Link take(Tx tx, LinkKind kind, String token) {
        Link link = store.take(tx, hash(token), kind, clock.instant()).orElseThrow(Links::invalid);
        store.removeLike(tx, kind, link);
        return link;
    }

    void sweep() {
        db.run(tx -> store.removeExpired(tx, clock.instant()));
    }

    static Failure invalid() {
        return Failure.of(Failure.Kind.MALFORMED, "LINK_INVALID");
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
