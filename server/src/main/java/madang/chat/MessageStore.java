package madang.chat;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
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
/// - `created_at` is strictly increasing in a room;
/// - threads are one level deep: what answers an answer answers its root, and a root knows how many
///   visible messages answer it.
///
/// Not guaranteed: any order between rooms.
public interface MessageStore {

    /// A message that is to be born. `notice`, `file` and `encryptedKeys` are JSON as readers see
    /// it.
    record Draft(
            Id<Room> room,
            Id<Message> id,
            Message.Kind kind,
            @Nullable Id<User> author,
            @Nullable String text,
            @Nullable String notice,
            String clientKey,
            @Nullable Id<Message> replyTo,
            @Nullable Id<Message> thread,
            List<Id<User>> mentions,
            @Nullable String file,
            @Nullable String encryptedKeys) {

        static Draft text(
                Id<Room> room,
                Id<Message> id,
                @Nullable Id<User> author,
                String text,
                String clientKey) {
            return new Draft(
                    room,
                    id,
                    Message.Kind.TEXT,
                    author,
                    text,
                    null,
                    clientKey,
                    null,
                    null,
                    List.of(),
                    null,
                    null);
        }

        Draft mentioning(List<Id<User>> users) {
            return new Draft(
                    room,
                    id,
                    kind,
                    author,
                    text,
                    notice,
                    clientKey,
                    replyTo,
                    thread,
                    users,
                    file,
                    encryptedKeys);
        }

        Draft encryptedFor(@Nullable String keys) {
            return new Draft(
                    room, id, kind, author, text, notice, clientKey, replyTo, thread, mentions,
                    file, keys);
        }

        /// The messages that must be there for this one to be said.
        List<Id<Message>> pointsAt() {
            return Stream.of(replyTo, thread).filter(Objects::nonNull).distinct().toList();
        }

        Message.Extras extras() {
            return new Message.Extras(
                    Message.mentionsJson(mentions), null, file, null, encryptedKeys);
        }

        /// An announcement, or where it has no author, what the house itself says.
        static Draft system(
                Id<Room> room,
                Id<Message> id,
                @Nullable Id<User> author,
                String text,
                String clientKey) {
            return new Draft(
                    room,
                    id,
                    Message.Kind.SYSTEM,
                    author,
                    text,
                    null,
                    clientKey,
                    null,
                    null,
                    List.of(),
                    null,
                    null);
        }

        /// What the house says of a room.
        static Draft notice(Id<Room> room, Id<Message> id, String notice, String clientKey) {
            return new Draft(
                    room,
                    id,
                    Message.Kind.NOTICE,
                    null,
                    null,
                    notice,
                    clientKey,
                    null,
                    null,
                    List.of(),
                    null,
                    null);
        }

        Draft inReplyTo(@Nullable Id<Message> quoted) {
            return new Draft(
                    room,
                    id,
                    kind,
                    author,
                    text,
                    notice,
                    clientKey,
                    quoted,
                    thread,
                    mentions,
                    file,
                    encryptedKeys);
        }

        /// The root of a thread, or any message in it.
        Draft inThread(@Nullable Id<Message> root) {
            return new Draft(
                    room,
                    id,
                    kind,
                    author,
                    text,
                    notice,
                    clientKey,
                    replyTo,
                    root,
                    mentions,
                    file,
                    encryptedKeys);
        }
    }

    /// What became of a draft.
    sealed interface Outcome {
        record Appended(Message message) implements Outcome {}

        /// The same key came before: this is what it made.
        record Repeated(Message message) implements Outcome {}

        record Refused(Failure failure) implements Outcome {}
    }

    /// A change of a message that exists; applied only to the state it expects.
    sealed interface Change {
        /// Another text, and whom it mentions.
        record Edit(String text, List<Id<User>> mentions, Instant at) implements Change {}

        /// Empties the message and keeps its place.
        record Delete(Instant at) implements Change {}

        /// Refused where it would be one emoji too many.
        record React(Emoji emoji, Id<User> user) implements Change {}

        record Unreact(Emoji emoji, Id<User> user) implements Change {}

        /// Refused where as many as `most` are pinned in the room.
        record Pin(Instant at, int most) implements Change {}

        record Unpin() implements Change {}

        /// What was found behind the first link of this text, in JSON; an edit meanwhile has made
        /// it void.
        record Preview(String preview, String ofText) implements Change {}
    }

    /// Where a log ends.
    record End(Id<Room> room, long lastSeq, Instant lastAt) {}

    List<Outcome> append(List<Draft> drafts, Instant now);

    /// What this draft made when it was sent before.
    Optional<Message> saidBefore(Draft draft);

    /// The message after the change; empty where there is nothing to change: no such message, a
    /// deleted one, a reaction that is there already. A change that a rule forbids throws.
    Optional<Message> change(Id<Room> room, Id<Message> message, Change change);

    Optional<Message> find(Id<Room> room, Id<Message> message);

    /// Newest first, with `seq < before`.
    List<Message> before(Id<Room> room, long before, int limit);

    /// Oldest first, with `seq > after`.
    List<Message> after(Id<Room> room, long after, int limit);

    /// What was born or changed after this place, in the order of the last change, each once.
    List<Message> changedAfter(Id<Room> room, long after, int limit);

    /// The messages at these places, as far as there are any, newest first in each room.
    List<Message> at(List<Id<Room>> rooms, List<Long> seqs);

    /// What answers this root, newest first, with `seq < before`.
    List<Message> threadBefore(Id<Room> room, Id<Message> root, long before, int limit);

    /// What answers this root, oldest first, with `seq > after`.
    List<Message> threadAfter(Id<Room> room, Id<Message> root, long after, int limit);

    /// The pinned messages, the last pinned first.
    List<Message> pinned(Id<Room> room, int limit);

    /// Somebody who reacted, and by which change of the log.
    record Reacted(String emoji, Id<User> user, long seq) {}

    /// Who reacted to a message, in the order of the log, after this place in it.
    List<Reacted> reactions(Id<Room> room, Id<Message> message, long after, int limit);

    /// The place of the last message that was born before this time; 0 where there is none.
    default long lastBefore(Id<Room> room, Instant time) {
        return lastBefore(List.of(room), List.of(time)).getFirst();
    }

    /// The same of many rooms, each with a time of its own.
    List<Long> lastBefore(List<Id<Room>> rooms, List<Instant> times);

    /// How many messages, the house's notices aside, were born in all rooms since this time. By
    /// their ids, so that one that was on its way at that very moment may count on either side.
    long bornSince(Instant time);

    /// Takes away all that was said in a room that is no more, in steps that hold nobody up. The
    /// end of its log stays.
    void erase(Id<Room> room);

    /// What somebody said and is still there, in all rooms, the oldest first, behind this one.
    List<Message> by(Id<User> author, @Nullable Id<Message> after, int limit);

    /// A reaction of somebody.
    record ReactedTo(Id<Room> room, Id<Message> message, String emoji) {}

    List<ReactedTo> reactedBy(Id<User> user, int limit);

    /// Takes somebody's name out of what the house says of him, and him out of whom messages call.
    void forgetNameOf(Id<User> user);

    /// The end of each of these logs; of a room in which nothing was said too.
    List<End> ends(List<Id<Room>> rooms);

    default End end(Id<Room> room) {
        return ends(List.of(room)).getFirst();
    }

    /// The newest message of each of these rooms that has one.
    List<Message> newest(List<Id<Room>> rooms);

    /// When and where somebody was mentioned: the place of a message in the list of his mentions.
    record MentionedAt(Instant at, Id<Room> room) {}

    /// Messages in these rooms that mention somebody and are still there, newest first, behind this
    /// place.
    List<Message> mentioning(
            Id<User> user, List<Id<Room>> rooms, @Nullable MentionedAt before, int limit);

    /// Messages after each marker that mention somebody and are still there, in the order of the
    /// markers, counted up to `most`.
    List<Integer> unreadMentions(Id<User> user, List<Marker> markers, int most);

    /// A place up to which somebody has read in a room.
    record Marker(Id<Room> room, long readSeq) {}

    /// Visible messages of others after each marker, in the order of the markers, counted up to
    /// `most`.
    List<Integer> unread(Id<User> reader, List<Marker> markers, int most);
}
