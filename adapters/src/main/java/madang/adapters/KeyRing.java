package madang.adapters;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import madang.kit.Failure;
import org.jspecify.annotations.Nullable;

/// The public keys with which a vendor signs (RFC 7517), by their ids. They are kept as long as he
/// says, used for a day longer while a new copy is on its way, and asked for before that only where
/// a token names a key that is not among them: once a minute at most, whatever is thrown at us.
final class KeyRing {
    private static final Duration SHORTEST = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration STALE = Duration.ofDays(1);
    private static final Duration BETWEEN = Duration.ofMinutes(1);
    private static final int MIN_BITS = 2_048;
    private static final int MAX_BITS = 8_192;
    private static final Pattern MAX_AGE = Pattern.compile("(?:^|[ ,])max-age=(\\d{1,9})");

    private final Supplier<VendorHttp.Answer> source;
    private final LongSupplier nanoTime;
    private volatile @Nullable Ring ring;
    private final AtomicLong nextTry;
    private long failedAt;

    /// `freshUntil` in nanoseconds.
    private record Ring(Map<String, RSAPublicKey> keys, long freshUntil) {}

    KeyRing(Supplier<VendorHttp.Answer> source, LongSupplier nanoTime) {
        this.source = source;
        this.nanoTime = nanoTime;
        this.failedAt = nanoTime.getAsLong();
        this.nextTry = new AtomicLong(failedAt);
    }

    /// The key of this id, or null where the vendor has none. Where he cannot be asked and nothing
    /// is known of him: `PROVIDER_UNAVAILABLE`.
    @Nullable RSAPublicKey key(String id) {
        long now = nanoTime.getAsLong();
        @Nullable RSAPublicKey key = usable(now).keys.get(id);
        return key == null ? afterAnotherLook(id, now) : key;
    }

    private Ring usable(long now) {
        @Nullable Ring known = ring;
        if (known == null || isTooOld(known, now)) {
            return first(now);
        }
        if (now - known.freshUntil > 0) {
            refreshBehind(now);
        }
        return known;
    }

    private static boolean isTooOld(Ring known, long now) {
        return now - known.freshUntil > STALE.toNanos();
    }

    /// Whoever comes while somebody asks waits for what that brings, good or bad.
    private synchronized Ring first(long since) {
        @Nullable Ring known = ring;
        return known == null || isTooOld(known, since) ? fetched(since) : known;
    }

    private synchronized @Nullable RSAPublicKey afterAnotherLook(String id, long since) {
        @Nullable Ring known = ring;
        @Nullable RSAPublicKey key = known == null ? null : known.keys.get(id);
        return key == null && isItTime(since) ? fetched(since).keys.get(id) : key;
    }

    /// Nobody waits for it.
    private void refreshBehind(long since) {
        if (isItTime(since)) {
            Thread.startVirtualThread(() -> refresh(since));
        }
    }

    /// True for one of those who ask, once a minute.
    private boolean isItTime(long now) {
        long next = nextTry.get();
        return now - next >= 0 && nextTry.compareAndSet(next, now + BETWEEN.toNanos());
    }

    private synchronized void refresh(long since) {
        try {
            var _ = fetched(since);
        } catch (Failure away) {
            // the old copy stays good for a day, and a token in a minute tries again
        }
    }

    private Ring fetched(long since) {
        if (failedAt - since > 0) {
            throw VendorHttp.unavailable();
        }
        nextTry.set(since + BETWEEN.toNanos());
        try {
            Ring fetched = read(source.get());
            ring = fetched;
            return fetched;
        } catch (Failure away) {
            failedAt = nanoTime.getAsLong();
            throw away;
        }
    }

    private Ring read(VendorHttp.Answer answer) {
        Map<String, RSAPublicKey> keys =
                answer.isGood() ? keys(answer.json().toString()) : Map.of();
        if (keys.isEmpty()) {
            throw VendorHttp.unavailable();
        }
        return new Ring(keys, nanoTime.getAsLong() + life(answer.cacheControl()).toNanos());
    }

    /// Only keys that sign with RSA, and of no size that is too weak or a burden.
    private static Map<String, RSAPublicKey> keys(String jwks) {
        Map<String, RSAPublicKey> keys = new HashMap<>();
        try {
            for (JWK key : JWKSet.parse(jwks).getKeys()) {
                if (key instanceof RSAKey rsa && isForSignatures(rsa)) {
                    keys.put(rsa.getKeyID(), rsa.toRSAPublicKey());
                }
            }
        } catch (ParseException | JOSEException | IllegalArgumentException garbage) {
            throw VendorHttp.unavailable();
        }
        return Map.copyOf(keys);
    }

    private static boolean isForSignatures(RSAKey key) {
        return key.getKeyID() != null
                && (key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE))
                && (key.getAlgorithm() == null || key.getAlgorithm().getName().equals("RS256"))
                && key.size() >= MIN_BITS
                && key.size() <= MAX_BITS;
    }

    private static Duration life(@Nullable String cacheControl) {
        Matcher says = MAX_AGE.matcher(cacheControl == null ? "" : cacheControl);
        Duration said = says.find() ? Duration.ofSeconds(Long.parseLong(says.group(1))) : SHORTEST;
        return said.compareTo(SHORTEST) < 0
                ? SHORTEST
                : said.compareTo(LONGEST) > 0 ? LONGEST : said;
    }
}
