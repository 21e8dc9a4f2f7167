package madang.chat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.User;
import org.jspecify.annotations.Nullable;

/// Keeps the logs of rooms. It has an atomicity of its own and takes no transaction: what it
/// returned is durable, and it must not be called inside `db.tx`.
///
/// Guaranteed:
/// - every room has a gapless log: births and changes are numbered 1, 2, 3 … and no reader sees a
///   number before all smaller ones;
/// - `append` of drafts of many rooms is atomic a room, and each draft has its own outcome; when it
///   throws, any of them may be stored or not, and the same keys find out;
/// - a repeated (room, author, client key) finds the first message, for ever;
/// - `created_at` is strictly increasing in a room.
///
/// Not guaranteed: any order between rooms.
public interface MessageStore {

    /// A message that is to be born.
    record Draft(
            Id<Room> room,
            Id<Message> id,
            Message.Kind kind,
            @Nullable Id<User> author,
            @Nullable String text,
            @Nullable String notice,
            String clientKey,
            @Nullable Id<Message> replyTo) {}

    /// What became of a draft.
    sealed interface Outcome {
        record Appended(Message message) implements Outcome {}

        /// The same key came before: this is what it made.
        record Repeated(Message message) implements Outcome {}

        record Refused(Failure failure) implements Outcome {}
    }

    /// A change of a message that exists; applied only to the state it expects.
    sealed interface Change {
        record Edit(String text, Instant at) implements Change {}

        record Delete(Instant at) implements Change {}
    }

    /// Where a log ends.
    record End(Id<Room> room, long lastSeq, Instant lastAt) {}

    List<Outcome> append(List<Draft> drafts, Instant now);

    /// The message after the change; empty where there is none, or where it is deleted already.
    Optional<Message> change(Id<Room> room, Id<Message> message, Change change);

    Optional<Message> find(Id<Room> room, Id<Message> message);

    /// Newest first, with `seq < before`.
    List<Message> before(Id<Room> room, long before, int limit);

    /// Oldest first, with `seq > after`.
    List<Message> after(Id<Room> room, long after, int limit);

    /// What was born or changed after this place, in the order of the last change, each once.
    List<Message> changedAfter(Id<Room> room, long after, int limit);

    /// The end of each of these logs; of a room in which nothing was said too.
    List<End> ends(List<Id<Room>> rooms);

    default End end(Id<Room> room) {
        return ends(List.of(room)).getFirst();
    }

    /// The newest message of each of these rooms that has one.
    List<Message> newest(List<Id<Room>> rooms);

    /// A place up to which somebody has read in a room.
    record Marker(Id<Room> room, long readSeq) {}

    /// Visible messages of others after each marker, in the order of the markers, counted up to
    /// `most`.
    List<Integer> unread(Id<User> reader, List<Marker> markers, int most);
}
