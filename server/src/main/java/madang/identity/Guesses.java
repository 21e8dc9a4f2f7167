package madang.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Session;
import madang.kit.User;
import madang.kit.settings.Rate;
import org.jspecify.annotations.Nullable;

/// Bounds the guessing of passwords without locking anybody out. Only failures count. An account
/// takes a few of them freely, then one every 15 seconds, and so many a day; an address has a bound
/// of its own; a device that was let in before is counted for itself alone, so that the owner gets
/// in while others guess. Counted in this process.
final class Guesses {
    private static final Duration DRIP = Duration.ofSeconds(15);
    private static final int A_DAY = 100;
    private static final Duration DAY = Duration.ofDays(1);
    private static final long MAX_COUNTED = 100_000;

    /// Who is guessed at, from where. A name that nobody has is bounded like one that somebody has.
    sealed interface Target {
        record Account(Id<User> user, String address) implements Target {}

        record UnknownName(String name, String address) implements Target {}

        record KnownDevice(String device) implements Target {}

        /// Somebody inside who must prove once more that it is he.
        record Inside(Id<Session> session) implements Target {}

        /// Somebody inside who guesses a password that several people share.
        record Shared(Id<User> user, Id<?> thing) implements Target {}
    }

    private final Rule account;
    private final Rule address;
    private final Rule device;
    private final InstantSource clock;
    private final Cache<Object, Failures> known = counted(DAY);
    private final Cache<Object, Failures> unknown = counted(DAY);
    private final Cache<Object, Failures> addresses;

    Guesses(Rate perAccount, Rate perAddress, InstantSource clock) {
        this.account = new Rule(perAccount, DRIP, A_DAY);
        this.device = new Rule(perAccount, null, A_DAY);
        this.address = new Rule(perAddress, null, Integer.MAX_VALUE);
        this.addresses = counted(perAddress.per());
        this.clock = clock;
    }

    /// Tries a password unless too many were wrong; a right one is refused as well then, so that
    /// the refusal tells nothing. The try counts from its beginning, or fifty at once would pass
    /// before the first has failed; if it was right or could not be finished, it never was.
    boolean tried(Target target, BooleanSupplier isRight) {
        List<Failures> counted = counted(target);
        Instant now = clock.instant();
        count(counted, now);
        boolean isWrong = false;
        try {
            isWrong = !isRight.getAsBoolean();
            return !isWrong;
        } finally {
            if (!isWrong) {
                forget(counted, now);
            }
        }
    }

    private List<Failures> counted(Target target) {
        return switch (target) {
            case Target.Account(Id<User> user, String from) ->
                    List.of(of(known, user, account), of(addresses, network(from), address));
            case Target.UnknownName(String name, String from) ->
                    List.of(of(unknown, name, account), of(addresses, network(from), address));
            case Target.KnownDevice known -> List.of(of(this.known, known, device));
            case Target.Inside inside -> List.of(of(known, inside, device));
            case Target.Shared shared -> List.of(of(known, shared, device));
        };
    }

    private synchronized void count(List<Failures> counted, Instant now) {
        Duration wait = Duration.ZERO;
        for (Failures failures : counted) {
            Duration longer = failures.wait(now);
            wait = longer.compareTo(wait) > 0 ? longer : wait;
        }
        if (wait.isPositive()) {
            throw tooMany(wait);
        }
        counted.forEach(failures -> failures.times.addLast(now));
    }

    private synchronized void forget(List<Failures> counted, Instant time) {
        counted.forEach(failures -> failures.times.removeLastOccurrence(time));
    }

    private static Failure tooMany(Duration wait) {
        long seconds = Math.ceilDiv(wait.toMillis(), 1_000L);
        return Failure.of(Failure.Kind.RATE_LIMITED, "RATE_LIMIT_EXCEEDED", seconds)
                .with(Map.of("retry_after", seconds));
    }

    private static Failures of(Cache<Object, Failures> counted, Object key, Rule rule) {
        return counted.get(key, _ -> new Failures(rule));
    }

    private static Cache<Object, Failures> counted(Duration remembered) {
        return Caffeine.newBuilder()
                .maximumSize(MAX_COUNTED)
                .expireAfterAccess(remembered.plusMinutes(1))
                .build();
    }

    /// Whoever has one IPv6 address has the other 2⁶⁴ of its network too.
    private static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return java.util.HexFormat.of().formatHex(bytes, 0, bytes.length / 2);
        } catch (UnknownHostException noLiteral) {
            return address;
        }
    }

    /// What is allowed: a bound, one more each drip beyond it, and no more than so many a day.
    private record Rule(Rate free, @Nullable Duration drip, int aDay) {
        Duration memory() {
            return aDay == Integer.MAX_VALUE ? free.per() : DAY;
        }
    }

    /// When the latest failures were; never more of them than the rule allows.
    private static final class Failures {
        private final Rule rule;
        private final Deque<Instant> times = new ArrayDeque<>();

        private Failures(Rule rule) {
            this.rule = rule;
        }

        /// How long until the next try is allowed; zero where it is now.
        private Duration wait(Instant now) {
            while (!times.isEmpty() && !times.getFirst().plus(rule.memory()).isAfter(now)) {
                times.removeFirst();
            }
            if (times.size() >= rule.aDay) {
                return Duration.between(now, times.getFirst().plus(DAY));
            }
            @Nullable Instant limiting = latest(rule.free.tokens());
            if (limiting == null) {
                return Duration.ZERO;
            }
            Duration wait = Duration.between(now, limiting.plus(rule.free.per()));
            if (rule.drip == null) {
                return wait;
            }
            Duration drip = Duration.between(now, times.getLast().plus(rule.drip));
            return drip.compareTo(wait) < 0 ? drip : wait;
        }

        /// The n-th of them from the end.
        private @Nullable Instant latest(long n) {
            Iterator<Instant> backwards = times.descendingIterator();
            @Nullable Instant time = null;
            for (int i = 0; i < n; i++) {
                if (!backwards.hasNext()) {
                    return null;
                }
                time = backwards.next();
            }
            return time;
        }
    }
}
