/// Chat: rooms as logs. Owns the schema `chat`; its API is `Rooms`, `Members` (who is in them) and
/// `Chat` (what is said there), for every other feature too.
///
/// What surprises: all writing to a room's log goes through one `RoomWriter`, which stores what
/// waits as one batch and tells it in the order of the log. Sockets are hints, the store is the
/// truth: a client that missed something asks for what changed since. Unread counts read the
/// markers that are still in memory (`ReadMarkers`) before those in the table.
@NullMarked
package madang.chat;

import org.jspecify.annotations.NullMarked;
