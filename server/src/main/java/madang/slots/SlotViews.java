package madang.slots;

import java.time.Instant;
import java.util.List;
import madang.events.Event;
import madang.events.EventStatus;
import madang.identity.UserView;
import madang.kit.Id;
import madang.kit.User;
import org.jspecify.annotations.Nullable;

/// What people are shown of slots; the names of the components are the names of the members.
final class SlotViews {

    /// A slot as its reader sees it.
    ///
    /// @param currentParticipants how many places are booked or held
    /// @param isAvailable whether somebody could book it now
    /// @param bookableUntil the last moment for that
    /// @param myState what the reader has of it
    /// @param eventId the event of who booked it; for them and the host
    record SlotView(
            Id<Slot> id,
            Id<User> hostId,
            @Nullable UserView host,
            @Nullable Id<Slot.Series> seriesId,
            String title,
            @Nullable String description,
            Category category,
            @Nullable String region,
            @Nullable String location,
            List<String> tags,
            int price,
            Instant startTime,
            Instant endTime,
            int maxParticipants,
            int currentParticipants,
            int bufferMinutes,
            Instant bookableUntil,
            boolean isAvailable,
            boolean isClosed,
            @Nullable BookingState myState,
            @Nullable Instant heldUntil,
            @Nullable Id<Event> eventId) {

        static SlotView of(
                Slot slot, @Nullable UserView host, @Nullable Id<User> reader, Instant now) {
            boolean isInside = slot.mine() == BookingState.BOOKED || slot.host().equals(reader);
            return new SlotView(
                    slot.id(),
                    slot.host(),
                    host,
                    slot.series(),
                    slot.title(),
                    slot.description(),
                    slot.category(),
                    slot.region(),
                    slot.location(),
                    slot.tags(),
                    slot.price(),
                    slot.startTime(),
                    slot.endTime(),
                    slot.capacity(),
                    slot.taken(),
                    slot.bufferMinutes(),
                    slot.bookableUntil(),
                    slot.isAvailable(now),
                    !slot.isOpen(),
                    slot.mine(),
                    slot.mine() == BookingState.HELD ? slot.heldUntil() : null,
                    isInside ? slot.event() : null);
        }
    }

    record SeriesView(Id<Slot.Series> seriesId, int count) {}

    record ClosedView(int closed) {}

    /// What came of a booking.
    record BookedView(SlotView slot, BookedEvent event) {}

    record BookedEvent(
            Id<Event> id, String title, Instant startTime, Instant endTime, EventStatus status) {
        static BookedEvent of(Event event) {
            return new BookedEvent(
                    event.id(), event.title(), event.startTime(), event.endTime(), event.status());
        }
    }

    private SlotViews() {}
}
