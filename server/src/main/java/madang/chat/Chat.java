package madang.chat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import madang.chat.MessageStore.Marker;
import madang.identity.Identity;
import madang.kit.Caller;
import madang.kit.Cursor;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Ids;
import madang.kit.Page;
import madang.kit.User;
import madang.kit.db.Db;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// Chat's API: every verb that endpoints and neighbours may use. A stranger to a private room finds
/// no room.
public final class Chat {
    /// Unread messages are counted up to here; more is shown as "999+".
    static final int MOST_UNREAD = 999;

    /// Who is further behind starts anew with the newest page.
    static final int MOST_CHANGES = 1_000;

    static final int NEWEST_PAGE = 50;

    private final Db db;
    private final RoomStore rooms;
    private final MessageStore messages;
    private final RoomWriter writer;
    private final ReadMarkers markers;
    private final RoomFeed feed;
    private final Identity identity;
    private final InstantSource clock;
    private final Ids ids;
    private volatile @Nullable Id<Room> defaultRoom;

    Chat(
            Db db,
            RoomStore rooms,
            MessageStore messages,
            RoomWriter writer,
            ReadMarkers markers,
            RoomFeed feed,
            Identity identity,
            InstantSource clock,
            Ids ids) {
        this.db = db;
        this.rooms = rooms;
        this.messages = messages;
        this.writer = writer;
        this.markers = markers;
        this.feed = feed;
        this.identity = identity;
        this.clock = clock;
        this.ids = ids;
    }

    /// A message that was sent, and whether this send made it.
    public record Sent(Message message, boolean isFresh) {}

    /// A room with what its list shows beside it.
    public record RoomAtAGlance(
            Room room, long lastSeq, long readSeq, int unread, @Nullable Message lastMessage) {}

    /// What changed after a place in a log, or the newest page where that is too much.
    public record CatchUp(boolean isReset, List<Message> messages, long lastSeq) {}

    /// How far somebody has read, and what is left.
    public record Read(long readSeq, int unread) {}

    // Rooms

    /// Opens a room; who opens it owns it.
    public RoomAtAGlance create(Caller caller, CreateRoom command) {
        Room room = Room.madeBy(caller, ids.next(), command, clock.instant());
        db.run(tx -> {
            rooms.add(tx, room);
            rooms.addMember(tx, room.id(), caller.user(), RoomRole.OWNER, 0, room.createdAt());
        });
        return new RoomAtAGlance(room, 0, 0, 0, null);
    }

    public RoomAtAGlance room(Caller caller, Id<Room> id) {
        return glance(caller, List.of(find(caller, id))).getFirst();
    }

    /// My rooms, the most recently active first.
    public Page<RoomAtAGlance> mine(Caller caller, @Nullable Activity after, int limit) {
        Map<Id<Room>, Instant> mine = db.read(tx -> rooms.mineSince(tx, caller.user()));
        List<Activity> active =
                messages.ends(List.copyOf(mine.keySet())).stream()
                        .map(end -> Activity.of(end, mine))
                        .filter(activity -> after == null || activity.compareTo(after) > 0)
                        .sorted()
                        .limit(limit + 1L)
                        .toList();
        Map<Id<Room>, Room> found =
                db.read(tx ->
                        rooms.byId(
                                tx, active.stream().map(Activity::room).toList(), caller.user()));
        Page<Activity> page = Page.of(active, limit, a -> Cursor.encode(a.at(), a.room()));
        List<Room> inOrder =
                page.items().stream()
                        .flatMap(activity ->
                                Optional.ofNullable(found.get(activity.room())).stream())
                        .toList();
        return new Page<>(glance(caller, inOrder), page.nextCursor());
    }

    /// Public rooms by name.
    public Page<RoomAtAGlance> browse(Caller caller, @Nullable String afterNameKey, int limit) {
        List<Room> found =
                db.read(tx -> rooms.publicAfter(tx, caller.user(), afterNameKey, limit + 1));
        Page<Room> page = Page.of(found, limit, room -> Cursor.encode(Room.nameKey(room.name())));
        return new Page<>(glance(caller, page.items()), page.nextCursor());
    }

    public RoomAtAGlance change(Caller caller, Id<Room> id, ChangeRoom command) {
        db.run(tx -> {
            Room room = rooms.lockVisible(tx, id, caller.user());
            room.requireChangeable();
            Room changed = room.changed(command);
            rooms.change(tx, changed);
            if (!changed.name().equals(room.name())) {
                tx.publish(new RoomRenamed(id, caller.user(), changed.name()));
            }
            if (changed.type() == RoomType.PRIVATE && room.type() == RoomType.PUBLIC) {
                tx.publish(new RoomHidden(id));
            }
        });
        return room(caller, id);
    }

    public void delete(Caller caller, Id<Room> id) {
        db.run(tx -> {
            rooms.lockVisible(tx, id, caller.user()).requireDeletable();
            rooms.delete(tx, id, clock.instant());
            tx.publish(new RoomDeleted(id));
        });
    }

    // Members

    /// Takes a place in a public room. Joining twice changes nothing; a newcomer has nothing
    /// unread.
    public RoomAtAGlance join(Caller caller, Id<Room> id) {
        long lastSeq = end(id).lastSeq();
        boolean isNew =
                db.tx(tx -> {
                    rooms.lockVisible(tx, id, caller.user());
                    return admit(tx, id, caller.user(), lastSeq);
                });
        if (isNew) {
            readAll(id, caller.user());
        }
        return room(caller, id);
    }

    /// Gives up one's place. When the owner leaves, the longest-standing member takes over; the
    /// last one to leave closes the room behind him.
    public void leave(Caller caller, Id<Room> id) {
        db.run(tx -> {
            Room room = rooms.lockVisible(tx, id, caller.user());
            room.requireLeavable();
            if (rooms.removeMember(tx, id, caller.user())) {
                tx.publish(new MemberLeft(id, caller.user(), false));
                passOn(tx, room);
            }
        });
    }

    public Page<RoomStore.Member> members(
            Caller caller, Id<Room> id, @Nullable Id<User> after, int limit) {
        return db.read(tx -> {
            rooms.visible(tx, id, caller.user());
            return Page.of(
                    rooms.membersAfter(tx, id, after, limit + 1),
                    limit,
                    member -> Cursor.encode(member.user()));
        });
    }

    /// A member who was brought in, or was in already.
    public record Added(RoomStore.Member member, boolean isNew) {}

    /// Brings somebody in.
    public Added addMember(Caller caller, Id<Room> id, Id<User> user) {
        find(caller, id).requireModerator();
        if (!identity.exists(user)) {
            throw Failure.notFound("USER_NOT_FOUND");
        }
        long lastSeq = end(id).lastSeq();
        Added added =
                db.tx(tx -> {
                    rooms.lockVisible(tx, id, caller.user()).requireModerator();
                    boolean isNew = admit(tx, id, user, lastSeq);
                    return new Added(rooms.member(tx, id, user).orElseThrow(), isNew);
                });
        if (added.isNew()) {
            readAll(id, user);
        }
        return added;
    }

    /// Puts somebody out; his sockets hear nothing of the room from then on.
    public void removeMember(Caller caller, Id<Room> id, Id<User> user) {
        db.run(tx -> {
            Room room = rooms.lockVisible(tx, id, caller.user());
            RoomStore.Member member =
                    rooms.member(tx, id, user)
                            .orElseThrow(() -> Failure.notFound("CHAT_MEMBER_NOT_FOUND"));
            room.requireRemovable(member.role());
            rooms.removeMember(tx, id, user);
            tx.publish(new MemberLeft(id, user, true));
        });
    }

    // Messages

    /// Says something. The message is durable when this returns; a repeated `client_key` answers
    /// the first one.
    public Sent send(Caller caller, Id<Room> room, SendMessage command) {
        String key = command.clientKey() == null ? ids.next().toString() : command.clientKey();
        MessageStore.Draft draft =
                new MessageStore.Draft(
                        room,
                        ids.next(),
                        Message.Kind.TEXT,
                        caller.user(),
                        command.text(),
                        null,
                        key,
                        command.replyTo());
        RoomWriter.Sent sent = say(caller, draft);
        markers.move(room, caller.user(), sent.message().seq());
        return new Sent(sent.message(), sent.isFresh());
    }

    /// Tells a room, in the house's own name, what happened: a row of its history that each
    /// reader's client puts into words. Told again under the same key, it stands there once.
    void notice(Id<Room> room, String noticeJson, String key) {
        writer.say(
                new MessageStore.Draft(
                        room, ids.next(), Message.Kind.NOTICE, null, null, noticeJson, key, null));
    }

    public Message edit(Caller caller, Id<Room> room, Id<Message> id, EditMessage command) {
        find(caller, room);
        Message message = message(room, id);
        message.requireEditable(caller, clock.instant());
        return writer.change(
                        room, id, new MessageStore.Change.Edit(command.text(), clock.instant()))
                .orElseThrow(() -> Failure.conflict("CHAT_MESSAGE_DELETED"));
    }

    /// Empties a message and keeps its place. Deleting twice changes nothing.
    public Message remove(Caller caller, Id<Room> room, Id<Message> id) {
        Room seen = find(caller, room);
        Message message = message(room, id);
        message.requireDeletable(caller, seen.myRole());
        return writer.change(room, id, new MessageStore.Change.Delete(clock.instant()))
                .orElseGet(() -> message(room, id));
    }

    /// Newest first, before this place in the log.
    public Page<Message> before(Caller caller, Id<Room> room, long before, int limit) {
        find(caller, room);
        return Page.of(messages.before(room, before, limit + 1), limit, Chat::place);
    }

    /// Oldest first, after this place in the log.
    public Page<Message> after(Caller caller, Id<Room> room, long after, int limit) {
        find(caller, room);
        return Page.of(messages.after(room, after, limit + 1), limit, Chat::place);
    }

    /// Everything that changed after a place, so that who missed something has it all again.
    public CatchUp changes(Caller caller, Id<Room> room, long after) {
        find(caller, room);
        return changes(room, after);
    }

    /// Moves my marker forward, never back. In a crowd only my own sockets hear of it.
    public Read read(Caller caller, Id<Room> id, long seq) {
        Room room = find(caller, id);
        room.requireMember();
        long upTo = Math.min(seq, end(id).lastSeq());
        markers.move(id, caller.user(), upTo);
        long readSeq = readSeq(room, caller.user());
        ReadBy told = new ReadBy(id, caller.user(), readSeq);
        if (room.isLarge()) {
            feed.tellUser(caller.user(), Hint.Kind.READ, told);
        } else {
            feed.tell(id, Hint.Kind.READ, told);
        }
        int unread =
                messages.unread(caller.user(), List.of(new Marker(id, readSeq)), MOST_UNREAD)
                        .getFirst();
        return new Read(readSeq, unread);
    }

    /// What is told of somebody who has read.
    record ReadBy(Id<Room> room, Id<User> user, long seq) {}

    /// A room that a socket is about to hear: a visible one; the room that everybody is in takes
    /// one in.
    void open(Caller caller, Id<Room> id) {
        Room room = find(caller, id);
        if (room.isDefault() && !room.isMine()) {
            join(caller, id);
        }
    }

    /// Which of these users may hear a room on: its members, and readers of a public one where
    /// reading is enough.
    Set<Id<User>> hearers(Id<Room> room, Set<Id<User>> users, boolean isReadingEnough) {
        List<Id<User>> asked = List.copyOf(users);
        return db
                .read(tx -> rooms.admissions(tx, Collections.nCopies(asked.size(), room), asked))
                .values()
                .stream()
                .filter(found ->
                        found.isMember() || (isReadingEnough && found.type() == RoomType.PUBLIC))
                .map(RoomStore.Admission::user)
                .collect(Collectors.toSet());
    }

    CatchUp changes(Id<Room> room, long after) {
        long lastSeq = end(room).lastSeq();
        if (after <= lastSeq) {
            List<Message> changed = messages.changedAfter(room, after, MOST_CHANGES + 1);
            if (changed.size() <= MOST_CHANGES) {
                long end = changed.isEmpty() ? lastSeq : changed.getLast().changedSeq();
                return new CatchUp(false, changed, Math.max(end, lastSeq));
            }
        }
        return new CatchUp(true, messages.before(room, Long.MAX_VALUE, NEWEST_PAGE), lastSeq);
    }

    /// Makes the room that everybody is in, once.
    void makeDefaultRoom(String name) {
        defaultRoom =
                db.tx(tx -> {
                    rooms.addDefault(tx, ids.next(), name, clock.instant());
                    return rooms.defaultRoom(tx);
                });
    }

    boolean isDefault(Id<Room> room) {
        return room.equals(defaultRoom);
    }

    Room find(Caller caller, Id<Room> id) {
        return db.read(tx -> rooms.visible(tx, id, caller.user()));
    }

    /// How the list of my rooms is ordered: the latest first, ties by id.
    public record Activity(Instant at, Id<Room> room) implements Comparable<Activity> {
        private static final Comparator<Activity> LATEST_FIRST =
                Comparator.comparing(Activity::at).reversed().thenComparing(Activity::room);

        /// A room in which nothing was said yet was active when it was made.
        static Activity of(MessageStore.End end, Map<Id<Room>, Instant> madeAt) {
            Instant made = madeAt.getOrDefault(end.room(), Instant.EPOCH);
            return new Activity(end.lastAt().isAfter(made) ? end.lastAt() : made, end.room());
        }

        @Override
        public int compareTo(Activity other) {
            return LATEST_FIRST.compare(this, other);
        }
    }

    private RoomWriter.Sent say(Caller caller, MessageStore.Draft draft) {
        try {
            return writer.say(draft);
        } catch (Failure refused) {
            if (refused.kind() == Failure.Kind.FORBIDDEN
                    && find(caller, draft.room()).isDefault()) {
                join(caller, draft.room());
                return writer.say(draft);
            }
            throw refused;
        }
    }

    /// Everything said until now is read: what came in while he was let in, too.
    private void readAll(Id<Room> room, Id<User> newcomer) {
        markers.move(room, newcomer, end(room).lastSeq());
    }

    private boolean admit(Tx tx, Id<Room> room, Id<User> user, long lastSeq) {
        boolean isNew = rooms.addMember(tx, room, user, RoomRole.MEMBER, lastSeq, clock.instant());
        if (isNew) {
            tx.publish(new MemberJoined(room, user));
        }
        return isNew;
    }

    private void passOn(Tx tx, Room room) {
        if (room.myRole() == RoomRole.OWNER && rooms.heir(tx, room.id()).isEmpty()) {
            rooms.delete(tx, room.id(), clock.instant());
            tx.publish(new RoomDeleted(room.id()));
        }
    }

    private List<RoomAtAGlance> glance(Caller caller, List<Room> shown) {
        List<Id<Room>> all = shown.stream().map(Room::id).toList();
        List<Marker> read =
                shown.stream()
                        .map(room -> new Marker(room.id(), readSeq(room, caller.user())))
                        .toList();
        List<MessageStore.End> ends = messages.ends(all);
        List<Integer> unread = messages.unread(caller.user(), read, MOST_UNREAD);
        Map<Id<Room>, Message> newest = new HashMap<>();
        messages.newest(all).forEach(message -> newest.put(message.room(), message));
        List<RoomAtAGlance> glances = new ArrayList<>(shown.size());
        for (int i = 0; i < shown.size(); i++) {
            Room room = shown.get(i);
            long lastSeq = ends.get(i).lastSeq();
            glances.add(
                    new RoomAtAGlance(
                            room,
                            lastSeq,
                            room.isMine() ? read.get(i).readSeq() : lastSeq,
                            room.isMine() ? unread.get(i) : 0,
                            newest.get(room.id())));
        }
        return glances;
    }

    private long readSeq(Room room, Id<User> user) {
        return markers.now(room.id(), user, room.readSeq() == null ? 0 : room.readSeq());
    }

    private MessageStore.End end(Id<Room> room) {
        return messages.ends(List.of(room)).getFirst();
    }

    private Message message(Id<Room> room, Id<Message> id) {
        return messages.find(room, id).orElseThrow(Message::notFound);
    }

    private static String place(Message message) {
        return Long.toString(message.seq());
    }
}
