package madang.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Ids;
import madang.kit.User;
import madang.kit.Vault;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// Six digits that go to a phone and come back within five minutes. Five tries a code, ten codes a
/// day for one phone and so many for all: whoever guesses has fifty tries a day in a million, and
/// whoever would make us pay for messages finds an end.
final class PhoneCodes {
    static final Duration LIFE = Duration.ofMinutes(5);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int AN_HOUR = 5;
    private static final int A_DAY = 10;
    private static final int CODES = 1_000_000;

    private final PhoneCodeStore store;
    private final Vault vault;
    private final int aDayForAll;
    private final Ids ids;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    PhoneCodes(PhoneCodeStore store, Vault vault, int aDayForAll, Ids ids, InstantSource clock) {
        this.store = store;
        this.vault = vault;
        this.aDayForAll = aDayForAll;
        this.ids = ids;
        this.clock = clock;
    }

    /// A code for this phone: to sign in, or, for a user, to have the number.
    PhoneCode make(Tx tx, String phone, @Nullable Id<User> user) {
        Instant now = clock.instant();
        store.takeTurn(tx, phone);
        requireFewer(store.countOf(tx, phone, now.minus(HOUR)), AN_HOUR, HOUR);
        requireFewer(store.countOf(tx, phone, now.minus(DAY)), A_DAY, DAY);
        requireFewer(store.count(tx, now.minus(DAY)), aDayForAll, HOUR);
        Id<PhoneCode> id = ids.next();
        String digits = "%06d".formatted(random.nextInt(CODES));
        PhoneCode code =
                new PhoneCode(
                        id,
                        phone,
                        user,
                        vault.seal(digits, PhoneCode.context(id)),
                        0,
                        now,
                        now.plus(LIFE),
                        null);
        store.add(tx, code);
        return code;
    }

    /// The digits of a code that may still be tried.
    Optional<String> digits(Tx tx, Id<PhoneCode> id) {
        return store.byId(tx, id).filter(code -> code.isOpen(clock.instant())).map(this::opened);
    }

    sealed interface Tried {
        record Right(String phone) implements Tried {}

        record Wrong() implements Tried {}

        /// Used, too old, tried too often, somebody else's, or never made.
        record Over() implements Tried {}
    }

    /// Tries a code; the try counts whatever comes of it, so the transaction must be committed.
    Tried tried(Tx tx, Id<PhoneCode> id, @Nullable Id<User> user, String digits) {
        Instant now = clock.instant();
        @Nullable PhoneCode code =
                store.lock(tx, id)
                        .filter(it -> it.isOpen(now) && Objects.equals(it.userId(), user))
                        .orElse(null);
        if (code == null) {
            return new Tried.Over();
        }
        boolean isRight =
                MessageDigest.isEqual(opened(code).getBytes(UTF_8), digits.getBytes(UTF_8));
        store.tried(tx, id, isRight ? now : null);
        return isRight ? new Tried.Right(code.phone()) : new Tried.Wrong();
    }

    void sweep(Tx tx) {
        store.removeBefore(tx, clock.instant().minus(DAY));
    }

    private String opened(PhoneCode code) {
        return vault.open(code.sealedCode(), PhoneCode.context(code.id()));
    }

    private static void requireFewer(long made, int most, Duration wait) {
        if (made >= most) {
            throw Failure.of(Failure.Kind.RATE_LIMITED, "RATE_LIMIT_EXCEEDED", wait.toSeconds())
                    .with(Map.of("retry_after", wait.toSeconds()));
        }
    }
}
