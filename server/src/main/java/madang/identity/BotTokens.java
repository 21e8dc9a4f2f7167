package madang.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.Secret;
import madang.kit.db.Db;
import org.jspecify.annotations.Nullable;

/// Makes and reads the tokens by which bots call: `madang_bot_`, 256 random bits and our signature.
/// They do not run out, so only a hash is kept of them. The signature is not what protects them: it
/// lets invented tokens be refused without asking the database.
final class BotTokens {
    private static final String PREFIX = "madang_bot_";
    private static final int SECRET_BYTES = 32;
    private static final int MAX_REMEMBERED = 10_000;

    /// A token is looked up again, and its use noted, once in this time.
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private final Db db;
    private final BotStore bots;
    private final Keys keys;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Cache<String, Caller.Member> good =
            Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).expireAfterWrite(REMEMBERED).build();

    BotTokens(Db db, BotStore bots, List<Secret> secrets, InstantSource clock) {
        this.db = db;
        this.bots = bots;
        this.keys = Keys.of(secrets, "bot token");
        this.clock = clock;
    }

    static boolean isOne(String token) {
        return token.startsWith(PREFIX);
    }

    String make() {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return PREFIX + keys.seal(secret);
    }

    /// Whose token it is. Whether its session has just ended is not asked here.
    Caller.Member read(String token) {
        Caller.@Nullable Member known = good.getIfPresent(token);
        if (known != null) {
            return known;
        }
        if (keys.open(token.substring(PREFIX.length()), SECRET_BYTES) == null) {
            throw invalid();
        }
        Caller.Member found =
                db.tx(tx -> bots.used(tx, hash(token), clock.instant()))
                        .orElseThrow(BotTokens::invalid);
        good.put(token, found);
        return found;
    }

    static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(US_ASCII));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Failure invalid() {
        return Failure.unauthenticated("AUTH_TOKEN_INVALID");
    }
}
