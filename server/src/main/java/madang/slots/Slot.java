package madang.slots;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import madang.events.CreateEvent;
import madang.events.Event;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.User;
import org.jspecify.annotations.Nullable;

/// A slot as one caller finds it now. Its methods are the rules.
///
/// @param event what those who booked have with the host; null while nobody has
/// @param taken places that are booked or held
/// @param isBlocked another slot of the host that is taken lies too near
/// @param mine what the caller has of it; null: nothing
record Slot(
        Id<Slot> id,
        Id<User> host,
        @Nullable Id<Series> series,
        String title,
        @Nullable String description,
        Category category,
        @Nullable String region,
        @Nullable String location,
        List<String> tags,
        int price,
        int capacity,
        int bufferMinutes,
        int noticeMinutes,
        Instant startTime,
        Instant endTime,
        @Nullable Id<Event> event,
        @Nullable Instant closedAt,
        int taken,
        boolean isBlocked,
        @Nullable BookingState mine,
        @Nullable Instant heldUntil) {

    /// Slots that were published together; only its id.
    interface Series {}

    static Failure notFound() {
        return Failure.notFound("SLOT_NOT_FOUND");
    }

    boolean isOpen() {
        return closedAt == null;
    }

    /// The last moment at which it can be booked.
    Instant bookableUntil() {
        return startTime.minus(Duration.ofMinutes(noticeMinutes));
    }

    boolean isAvailable(Instant now) {
        return isOpen() && taken < capacity && !isBlocked && !now.isAfter(bookableUntil());
    }

    /// Refuses who cannot have a place now; who holds one has it.
    void requireAvailable(Instant now) {
        if (mine == BookingState.BOOKED) {
            throw Failure.conflict("SLOT_BOOKED_ALREADY");
        }
        if (now.isAfter(bookableUntil())) {
            throw Failure.conflict("SLOT_TOO_LATE");
        }
        boolean hasPlace = mine == BookingState.HELD || (taken < capacity && !isBlocked);
        if (!isOpen() || !hasPlace) {
            throw Failure.conflict("SLOT_NOT_AVAILABLE");
        }
    }

    CreateEvent asEvent(Id<User> booker) {
        return new CreateEvent(title, description, location, startTime, endTime, List.of(booker));
    }
}
