package madang.calendar;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import madang.kit.Secret;
import org.jspecify.annotations.Nullable;

/// Somebody's calendar at a vendor, opened by his token.
///
/// Guaranteed by every adapter:
/// - nobody waits longer than 10 seconds for a method; a vendor who is away, who makes no sense or
///   says that this is too often is the failure `PROVIDER_UNAVAILABLE` (503), and one who failed
///   again and again is left alone for some seconds;
/// - a token that opens nothing is `PROVIDER_TOKEN_INVALID` (401), also where it may not do this;
/// - a write that the vendor will never take as it is, is `CALENDAR_REFUSED` (409);
/// - a write whose answer was lost can be tried again: an id is taken once, and an old etag changes
///   nothing;
/// - no token and no word of an event stands in a failure or in the log.
///
/// No method may be called inside a transaction, for it waits for a stranger.
public interface CalendarClient {

    /// What has changed since `since`, deleted events too, or everything that there is now; in
    /// pages of which the last one has the next `since`. A series of repeated events is one event.
    Changes changes(Secret token, @Nullable String since, @Nullable String page);

    sealed interface Changes {
        record Told(List<RemoteEvent> events, @Nullable String nextPage, @Nullable String nextSince)
                implements Changes {}

        /// The vendor does not know any more what `since` stands for: everything has to be asked.
        record Forgotten() implements Changes {}
    }

    /// What takes place between two moments, every occurrence by itself, the earliest first.
    List<RemoteEvent> between(Secret token, Instant from, Instant to, int most);

    /// Deleted ones are found for a time, as cancelled.
    Optional<RemoteEvent> find(Secret token, String id);

    Written insert(Secret token, String id, Draft draft);

    /// Changes what a draft says and nothing else of it, if this is still its etag. One that was
    /// deleted is there again.
    Written update(Secret token, String id, String etag, Draft draft);

    sealed interface Written {
        record Done(RemoteEvent event) implements Written {}

        /// Another event has this id, maybe one that was deleted.
        record Taken() implements Written {}

        /// It is not what it was.
        record Changed() implements Written {}

        record Missing() implements Written {}
    }

    /// One that is gone already is a success.
    void delete(Secret token, String id);

    /// Asks to be told at `address` that the calendar has changed. The vendor brings `token` along.
    Channel watch(Secret token, String id, String secret, String address);

    /// By which the vendor tells of changes.
    ///
    /// @param resource what the vendor calls the calendar that is watched
    record Channel(String id, String resource, Instant until) {}

    /// One that is over already is a success.
    void stop(Secret token, String channel, String resource);

    /// How an event of ours is written there.
    record Draft(Content content, ZoneId zone, boolean isTentative) {}
}
