package madang.chat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import madang.chat.MessageStore.Marker;
import madang.files.FileType;
import madang.files.StoredFile;
import madang.kit.Caller;
import madang.kit.CrashPoint;
import madang.kit.Id;
import madang.kit.Ids;
import madang.kit.Page;
import madang.kit.SharedReads;
import madang.kit.User;
import madang.kit.http.Uploads.Uploaded;
import madang.kit.json.Json;
import madang.live.UserFeed;
import org.jspecify.annotations.Nullable;

/// Chat's API for what is said: every verb that endpoints and neighbours may use. Rooms and who is
/// in them: `Rooms`, `Members`. A stranger to a private room finds no room.
public final class Chat {
    /// Who is further behind starts anew with the newest page.
    static final int MOST_CHANGES = 1_000;

    static final int NEWEST_PAGE = 50;

    private final Rooms rooms;
    private final Members members;
    private final MessageStore messages;
    private final RoomWriter writer;
    private final Attachments attachments;
    private final ReadMarkers markers;
    private final RoomFeed feed;
    private final UserFeed users;
    private final Mentions mentions;
    private final Keys keys;
    private final Json json;
    private final InstantSource clock;
    private final Ids ids;
    private final SharedReads<Place, List<Message>> pages = new SharedReads<>();
    private final SharedReads<Place, CatchUp> catchUps = new SharedReads<>();

    Chat(
            Rooms rooms,
            Members members,
            MessageStore messages,
            RoomWriter writer,
            Attachments attachments,
            ReadMarkers markers,
            RoomFeed feed,
            UserFeed users,
            Mentions mentions,
            Keys keys,
            Json json,
            InstantSource clock,
            Ids ids) {
        this.rooms = rooms;
        this.members = members;
        this.messages = messages;
        this.writer = writer;
        this.attachments = attachments;
        this.markers = markers;
        this.feed = feed;
        this.users = users;
        this.mentions = mentions;
        this.keys = keys;
        this.json = json;
        this.clock = clock;
        this.ids = ids;
    }

    /// A message that was sent, and whether this send made it.
    public record Sent(Message message, boolean isFresh) {}

    /// What changed after a place in a log, or the newest page where that is too much.
    public record CatchUp(boolean isReset, List<Message> messages, long lastSeq) {}

    /// How far somebody has read, and what is left.
    public record Read(long readSeq, int unread) {}

    /// Says something. The message is durable when this returns; a repeated `client_key` answers
    /// the first one.
    public Sent send(Caller caller, Id<Room> room, SendMessage command) {
        String key = command.clientKey() == null ? ids.next().toString() : command.clientKey();
        MessageStore.Draft draft =
                MessageStore.Draft.text(room, ids.next(), caller.user(), command.text(), key)
                        .inReplyTo(command.replyTo())
                        .inThread(command.thread());
        @Nullable String encryptedKeys = keys.forReaders(command.encryptedKeys());
        draft =
                encryptedKeys == null
                        ? draft.mentioning(mentions.of(caller, room, command.text()))
                        : draft.encryptedFor(encryptedKeys);
        return sent(caller, draft);
    }

    /// Shows a file to a room, if it is one of these types; `key` stands in for a `client_key` that
    /// the form lacks. A repeated one answers the first message and keeps no second file.
    public Sent sendFile(
            Caller caller,
            Id<Room> room,
            Uploaded<SendFile> upload,
            @Nullable String key,
            Set<FileType> allowed) {
        members.requireSpeaker(caller, room);
        Id<Message> id = ids.next();
        SendFile command = upload.fields();
        String clientKey =
                Stream.of(command.clientKey(), key)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(id.toString());
        List<Id<User>> mentioned =
                command.text() == null ? List.of() : mentions.of(caller, room, command.text());
        StoredFile file = attachments.take(caller, room, id, upload, allowed);
        CrashPoint.BEFORE_SHOWING.pass();
        MessageStore.Draft draft =
                attachments.draft(file, room, id, command, clientKey).mentioning(mentioned);
        return attachments.shown(file, () -> sent(caller, draft));
    }

    /// A file that a message of a visible room shows; any other is not there.
    public StoredFile file(Caller caller, Id<StoredFile> id) {
        return attachments.find(caller, id);
    }

    /// Says something through a voice of the house, which needs no place in the room.
    public Sent speak(Id<User> voice, Id<Room> room, String text, String key) {
        if (!rooms.exists(room)) {
            throw Room.notFound();
        }
        RoomWriter.Sent sent =
                writer.sayFreely(
                        MessageStore.Draft.text(room, ids.next(), voice, text, key)
                                .mentioning(mentions.byVoice(room, text)));
        return new Sent(sent.message(), sent.isFresh());
    }

    /// Announces something, as moderators do: it is never unread, and nobody's to edit.
    public Sent announce(Caller caller, Id<Room> room, Announce command) {
        rooms.find(caller, room).requireModerator();
        String key = command.clientKey() == null ? ids.next().toString() : command.clientKey();
        RoomWriter.Sent sent =
                writer.say(
                        MessageStore.Draft.system(
                                room, ids.next(), caller.user(), command.text(), key));
        return new Sent(sent.message(), sent.isFresh());
    }

    /// The same in the name of the house, as its administrators do in any room.
    public Message announce(Id<Room> room, Announce command) {
        if (!rooms.exists(room)) {
            throw Room.notFound();
        }
        String key = command.clientKey() == null ? ids.next().toString() : command.clientKey();
        return system(room, command.text(), key);
    }

    /// What the house itself says in a room, in words that a neighbour chose (a game, maintenance).
    /// Said again under the same key, it stands there once.
    public Message system(Id<Room> room, String text, String key) {
        return writer.sayFreely(MessageStore.Draft.system(room, ids.next(), null, text, key))
                .message();
    }

    /// Tells a room what happened: a row of its history that each reader's client puts into words.
    /// Told again under the same key, it stands there once.
    public void notice(Id<Room> room, String code, Map<String, String> args, String key) {
        String notice =
                new String(
                        json.write(new ChatViews.NoticeView(code, args)), StandardCharsets.UTF_8);
        writer.sayFreely(MessageStore.Draft.notice(room, ids.next(), notice, key));
    }

    /// An edit is heard like a message, so it is for those who may speak.
    public Message edit(Caller caller, Id<Room> room, Id<Message> id, EditMessage command) {
        members.requireSpeaker(caller, room);
        Message message = message(room, id);
        message.requireEditable(caller, clock.instant());
        List<Id<User>> mentioned =
                message.isEncrypted() ? List.of() : mentions.of(caller, room, command.text());
        return writer.change(
                        room,
                        id,
                        new MessageStore.Change.Edit(command.text(), mentioned, clock.instant()))
                .orElseThrow(Message::deleted);
    }

    /// Empties a message and keeps its place, also where its author may not speak any more.
    /// Deleting twice changes nothing.
    public Message remove(Caller caller, Id<Room> room, Id<Message> id) {
        Room seen = rooms.find(caller, room);
        Message message = message(room, id);
        message.requireDeletable(caller, seen.myRole());
        MessageStore.Change deletion = new MessageStore.Change.Delete(clock.instant());
        return attachments
                .lettingGo(message, () -> writer.change(room, id, deletion))
                .orElseGet(() -> message(room, id));
    }

    public Message message(Caller caller, Id<Room> room, Id<Message> id) {
        rooms.find(caller, room);
        return message(room, id);
    }

    /// Newest first, before this place in the log. A crowd that asks for the same page of a busy
    /// room at the same time costs one read.
    public Page<Message> before(Caller caller, Id<Room> room, long before, int limit) {
        rooms.find(caller, room);
        List<Message> found =
                pages.get(
                        new Place(room, before, limit),
                        () -> messages.before(room, before, limit + 1));
        return Page.of(found, limit, Chat::place);
    }

    /// Oldest first, after this place in the log.
    public Page<Message> after(Caller caller, Id<Room> room, long after, int limit) {
        rooms.find(caller, room);
        return Page.of(messages.after(room, after, limit + 1), limit, Chat::place);
    }

    /// What is said in the thread of this message, newest first, before this place in the log.
    public Page<Message> threadBefore(
            Caller caller, Id<Room> room, Id<Message> id, long before, int limit) {
        Id<Message> root = message(caller, room, id).root();
        return Page.of(messages.threadBefore(room, root, before, limit + 1), limit, Chat::place);
    }

    /// What is said in the thread of this message, oldest first, after this place in the log.
    public Page<Message> threadAfter(
            Caller caller, Id<Room> room, Id<Message> id, long after, int limit) {
        Id<Message> root = message(caller, room, id).root();
        return Page.of(messages.threadAfter(room, root, after, limit + 1), limit, Chat::place);
    }

    /// The place in a log of the last message that was born before this time; 0 where there is
    /// none.
    public long lastBefore(Caller caller, Id<Room> room, Instant time) {
        rooms.find(caller, room);
        return messages.lastBefore(room, time);
    }

    /// How many messages were said in all rooms since this time.
    public long saidSince(Instant time) {
        return messages.bornSince(time);
    }

    /// Everything that changed after a place, so that who missed something has it all again.
    public CatchUp changes(Caller caller, Id<Room> room, long after) {
        rooms.find(caller, room);
        return changes(room, after);
    }

    /// Moves my marker forward, never back. In a crowd only my own sockets hear of it.
    public Read read(Caller caller, Id<Room> id, long seq) {
        Room room = rooms.find(caller, id);
        room.requireMember();
        long upTo = Math.min(seq, messages.end(id).lastSeq());
        markers.move(id, caller.user(), upTo);
        long readSeq = rooms.readSeq(room, caller.user());
        ReadBy told = new ReadBy(id, caller.user(), readSeq);
        if (room.isLarge()) {
            users.tell(List.of(caller.user()), Hint.Kind.READ.method(), told);
        } else {
            feed.tell(id, Hint.Kind.READ, told);
        }
        return new Read(readSeq, unread(caller, id, readSeq));
    }

    /// How far the caller has read in a room whose log goes so far, and how much waits for him. To
    /// a guest nothing is unread.
    Read progress(Caller caller, Room room, long lastSeq) {
        if (!room.isMine()) {
            return new Read(lastSeq, 0);
        }
        long readSeq = rooms.readSeq(room, caller.user());
        return new Read(readSeq, readSeq < lastSeq ? unread(caller, room.id(), readSeq) : 0);
    }

    private int unread(Caller caller, Id<Room> room, long readSeq) {
        return messages.unread(caller.user(), List.of(new Marker(room, readSeq)), Rooms.MOST_UNREAD)
                .getFirst();
    }

    long lastSeq(Id<Room> room) {
        return messages.end(room).lastSeq();
    }

    /// What is told of somebody who has read.
    record ReadBy(Id<Room> room, Id<User> user, long seq) {}

    /// A room that a socket is about to hear: a visible one; the room that everybody is in takes
    /// one in.
    Room open(Caller caller, Id<Room> id) {
        Room room = rooms.find(caller, id);
        if (!room.isDefault() || room.isMine()) {
            return room;
        }
        members.join(caller, id);
        return rooms.find(caller, id);
    }

    /// A place in a log from where this many messages are asked for.
    private record Place(Id<Room> room, long seq, int limit) {}

    /// When a line broke for many at once, they come back with the same question.
    CatchUp changes(Id<Room> room, long after) {
        return catchUps.get(new Place(room, after, MOST_CHANGES), () -> changesNow(room, after));
    }

    private CatchUp changesNow(Id<Room> room, long after) {
        long lastSeq = messages.end(room).lastSeq();
        if (after <= lastSeq) {
            List<Message> changed = messages.changedAfter(room, after, MOST_CHANGES + 1);
            if (changed.size() <= MOST_CHANGES) {
                long end = changed.isEmpty() ? lastSeq : changed.getLast().changedSeq();
                return new CatchUp(false, changed, Math.max(end, lastSeq));
            }
        }
        return new CatchUp(true, messages.before(room, Long.MAX_VALUE, NEWEST_PAGE), lastSeq);
    }

    /// What one has said, one has read.
    private Sent sent(Caller caller, MessageStore.Draft draft) {
        RoomWriter.Sent sent = members.takenIn(caller, draft.room(), () -> writer.say(draft));
        markers.move(draft.room(), caller.user(), sent.message().seq());
        if (sent.isFresh() && sent.message().seq() == 1) {
            tellFirst(caller, draft.room());
        }
        return new Sent(sent.message(), sent.isFresh());
    }

    /// A talk of two shows in the other's list once something was said there, so none of his
    /// sockets can hear it yet.
    private void tellFirst(Caller caller, Id<Room> id) {
        Room room = rooms.find(caller, id);
        if (room.peer() != null) {
            users.tell(
                    Stream.of(caller.user(), room.peer()).distinct().toList(),
                    Hint.Kind.ROOM.method(),
                    new RoomFeed.LookAgain(id, null));
        }
    }

    private Message message(Id<Room> room, Id<Message> id) {
        return messages.find(room, id).orElseThrow(Message::notFound);
    }

    private static String place(Message message) {
        return Long.toString(message.seq());
    }
}
