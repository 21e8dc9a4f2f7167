package madang.chat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.User;
import org.jspecify.annotations.Nullable;

/// What decides whether somebody may speak in a room, or hear it. Its methods are the rules.
record Admission(
        Id<Room> room,
        Id<User> user,
        RoomType type,
        boolean hasPassword,
        int slowModeSeconds,
        @Nullable Id<User> peer,
        @Nullable RoomRole role,
        @Nullable Instant mutedUntil,
        @Nullable Instant spokeAt,
        boolean isBanned) {
    private static final long NANOS_A_MILLI = 1_000_000;

    Speaker speaker() {
        return new Speaker(room, user);
    }

    /// Members hear a room; others a public one without a password, where reading is enough.
    boolean mayHear(boolean isReadingEnough) {
        return role != null
                || (isReadingEnough && type == RoomType.PUBLIC && !hasPassword && !isBanned);
    }

    /// Why he may not speak; null where he may. A private room is not there for strangers; in a
    /// public one they may read and not speak.
    @Nullable Failure refusal(Instant now) {
        if (role == null) {
            return strangersRefusal();
        }
        return mutedUntil != null && mutedUntil.isAfter(now) ? Room.muted(mutedUntil) : null;
    }

    private Failure strangersRefusal() {
        if (type != RoomType.PUBLIC) {
            return Room.notFound();
        }
        return isBanned ? Room.banned() : Failure.forbidden();
    }

    /// Whether he has to wait between two messages; who moderates has not.
    boolean isSlow() {
        return slowModeSeconds > 0 && role == RoomRole.MEMBER;
    }

    /// What he is told who spoke too lately, or for the second time at once.
    Failure tooSoon(Instant now) {
        Duration interval = Duration.ofSeconds(slowModeSeconds);
        Duration left = spokeAt == null ? interval : Duration.between(now, spokeAt.plus(interval));
        long millis = Math.ceilDiv((left.isPositive() ? left : interval).toNanos(), NANOS_A_MILLI);
        long seconds = Math.ceilDiv(millis, 1_000L);
        return Failure.of(Failure.Kind.RATE_LIMITED, "CHAT_SLOW_MODE", seconds)
                .with(Map.of("retry_after", seconds, "retry_after_ms", millis));
    }

    /// Who would hear him in a room of two; null elsewhere, and in his own notes.
    @Nullable Id<User> listener() {
        return user.equals(peer) ? null : peer;
    }
}
