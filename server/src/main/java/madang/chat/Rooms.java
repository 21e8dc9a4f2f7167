package madang.chat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
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

/// Rooms: opened, found, listed, changed, deleted. A stranger to a private room finds no room.
public final class Rooms {
    /// Unread messages are counted up to here; more is shown as "999+".
    static final int MOST_UNREAD = 999;

    private static final int ERASED_AT_ONCE = 100;

    private final Db db;
    private final RoomStore rooms;
    private final MemberStore members;
    private final MessageStore messages;
    private final SearchIndex index;
    private final ReadMarkers markers;
    private final RoomFeed feed;
    private final Identity identity;
    private final InstantSource clock;
    private final Ids ids;
    private volatile @Nullable Id<Room> defaultRoom;

    Rooms(
            Db db,
            RoomStore rooms,
            MemberStore members,
            MessageStore messages,
            SearchIndex index,
            ReadMarkers markers,
            RoomFeed feed,
            Identity identity,
            InstantSource clock,
            Ids ids) {
        this.db = db;
        this.rooms = rooms;
        this.members = members;
        this.messages = messages;
        this.index = index;
        this.markers = markers;
        this.feed = feed;
        this.identity = identity;
        this.clock = clock;
        this.ids = ids;
    }

    /// A room with what its list shows beside it. What was said in a room that the caller may not
    /// read is not shown.
    public record RoomAtAGlance(
            Room room,
            @Nullable Instant mutedUntil,
            long lastSeq,
            long readSeq,
            int unread,
            int unreadMentions,
            @Nullable Message lastMessage) {}

    /// A room that was opened, or was there already.
    public record Opened(RoomAtAGlance room, boolean isNew) {}

    // Opening

    /// Opens a room; who opens it owns it.
    public RoomAtAGlance create(Caller caller, CreateRoom command) {
        return open(caller, command, _ -> {});
    }

    /// The same for clients to whom a name belongs to one room, private ones included:
    /// `CHAT_ROOM_NAME_TAKEN` also where a room has it that the caller does not see.
    public RoomAtAGlance createAlone(Caller caller, CreateRoom command) {
        return open(
                caller,
                command,
                tx -> {
                    if (rooms.isNameTaken(tx, Room.nameKey(command.name()))) {
                        throw RoomStore.nameTaken();
                    }
                });
    }

    private RoomAtAGlance open(Caller caller, CreateRoom command, Consumer<Tx> condition) {
        Room room = Room.madeBy(caller, ids.next(), command, clock.instant());
        @Nullable String hash = hash(command.password());
        db.run(tx -> {
            condition.accept(tx);
            rooms.add(tx, room, hash);
            members.add(tx, room.id(), caller.user(), RoomRole.OWNER, 0, room.createdAt());
        });
        return new RoomAtAGlance(room, null, 0, 0, 0, 0, null);
    }

    /// The room in which these two talk alone: one a pair, whoever asks first; with himself,
    /// somebody's notes.
    public Opened direct(Caller caller, Id<User> other) {
        if (!identity.exists(other)) {
            throw Failure.notFound("USER_NOT_FOUND");
        }
        Id<User> me = caller.user();
        boolean isNew = db.tx(tx -> openDirect(tx, me, other));
        Id<Room> id = db.read(tx -> rooms.directOf(tx, me, other));
        return new Opened(room(caller, id), isNew);
    }

    private boolean openDirect(Tx tx, Id<User> me, Id<User> other) {
        Id<Room> id = ids.next();
        Instant now = clock.instant();
        boolean isNew = rooms.addDirect(tx, id, me, other, now);
        if (isNew) {
            members.add(tx, id, me, RoomRole.MEMBER, 0, now);
            members.add(tx, id, other, RoomRole.MEMBER, 0, now);
        }
        return isNew;
    }

    /// The room of a neighbour's thing (`game:42`), made when it is first asked for. It stands in
    /// no list; who is in it is the neighbour's word alone (`Members.seat`), and so is its end.
    public Id<Room> channel(String channel, String name) {
        return db.tx(tx -> {
            rooms.addChannel(tx, ids.next(), channel, name, clock.instant());
            return rooms.channel(tx, channel).orElseThrow();
        });
    }

    /// Makes the room that everybody is in, once.
    void makeDefaultRoom(String name) {
        defaultRoom =
                db.tx(tx -> {
                    rooms.addDefault(tx, ids.next(), name, clock.instant());
                    return rooms.defaultRoom(tx);
                });
    }

    /// The room that everybody is in.
    public Id<Room> defaultRoom() {
        return Objects.requireNonNull(defaultRoom, "asked before the start");
    }

    // Finding

    public RoomAtAGlance room(Caller caller, Id<Room> id) {
        Room room = db.read(tx -> rooms.visible(tx, id, caller.user()));
        return glance(caller, List.of(room)).getFirst();
    }

    /// A room that the caller may read, as he finds it.
    public Room find(Caller caller, Id<Room> id) {
        Room room = db.read(tx -> rooms.visible(tx, id, caller.user()));
        room.requireReadable();
        return room;
    }

    /// Whether a room's log tells who comes and goes.
    boolean tellsMembers(Id<Room> id) {
        return db.read(tx -> rooms.tellsMembers(tx, id));
    }

    /// My rooms, the most recently active first.
    public Page<RoomAtAGlance> mine(Caller caller, @Nullable Activity after, int limit) {
        Map<Id<Room>, RoomStore.Mine> mine = db.read(tx -> rooms.mine(tx, caller.user()));
        List<Activity> active =
                messages.ends(List.copyOf(mine.keySet())).stream()
                        .flatMap(end -> Activity.of(end, mine.get(end.room())).stream())
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

    /// How much I have not read yet in each of these rooms; those that I am not in are left out.
    public Map<Id<Room>, Integer> unread(Id<User> me, Collection<Id<Room>> of) {
        List<Marker> read =
                db.read(tx -> members.markersOf(tx, me, of)).stream()
                        .map(stored ->
                                new Marker(
                                        stored.room(),
                                        markers.now(stored.room(), me, stored.readSeq())))
                        .toList();
        List<Integer> counts = messages.unread(me, read, MOST_UNREAD);
        Map<Id<Room>, Integer> unread = HashMap.newHashMap(read.size());
        for (int i = 0; i < read.size(); i++) {
            unread.put(read.get(i).room(), counts.get(i));
        }
        return unread;
    }

    // Changing

    public RoomAtAGlance change(Caller caller, Id<Room> id, ChangeRoom command) {
        db.read(tx -> rooms.visible(tx, id, caller.user())).requireModerator();
        @Nullable String hash = hash(command.password().or(null));
        db.run(tx -> {
            Room room = rooms.lockVisible(tx, id, caller.user());
            room.requireModerator();
            Room changed = room.changed(command);
            rooms.change(tx, changed);
            if (command.password().given()) {
                rooms.setPassword(tx, id, hash);
            }
            tell(tx, caller, room, changed);
        });
        return room(caller, id);
    }

    private void tell(Tx tx, Caller caller, Room before, Room after) {
        if (!after.name().equals(before.name())) {
            tx.publish(new RoomRenamed(after.id(), caller.user(), after.name()));
        }
        if (before.isOpen() && !after.isOpen()) {
            tx.publish(new RoomHidden(after.id()));
        }
        tx.afterCommit(() -> feed.lookAgain(after.id(), null));
    }

    public void delete(Caller caller, Id<Room> id) {
        db.run(tx -> {
            rooms.lockVisible(tx, id, caller.user()).requireOwner();
            delete(tx, id);
        });
    }

    /// Refuses who does not moderate this room; a stranger to it finds none.
    public void requireModerator(Caller caller, Id<Room> id) {
        find(caller, id).requireModerator();
    }

    /// Ends a room by the word of the house: an administrator's, or of the neighbour whose channel
    /// it is. The room that everybody is in never ends.
    public void close(Id<Room> id) {
        if (id.equals(defaultRoom)) {
            throw Failure.forbidden();
        }
        db.run(tx -> {
            rooms.lock(tx, id);
            delete(tx, id);
        });
    }

    void delete(Tx tx, Id<Room> id) {
        rooms.delete(tx, id, clock.instant());
        tx.publish(new RoomDeleted(id));
    }

    /// Public rooms and those of the caller: the default room, then the oldest first. Where there
    /// are more than the limit, his own stay, then the youngest.
    public List<Room> visibleTo(Caller caller, int limit) {
        return db.read(tx -> rooms.visibleTo(tx, caller.user(), limit));
    }

    /// All rooms that somebody opened, and the one that everybody is in, for administrators: in the
    /// same order, some of them skipped. Where two talk alone is nobody else's matter.
    public List<Room> opened(Caller admin, long skipped, int limit) {
        return db.read(tx -> rooms.opened(tx, admin.user(), skipped, limit));
    }

    /// Who owns each of these rooms; those that belong to nobody are left out.
    public Map<Id<Room>, Id<User>> owners(Collection<Id<Room>> of) {
        return db.read(tx -> rooms.owners(tx, of));
    }

    public long countOpened() {
        return db.read(rooms::countOpened);
    }

    /// Whether there is such a room, whoever may see it.
    public boolean exists(Id<Room> id) {
        return db.read(tx -> rooms.exists(tx, id));
    }

    /// Empties the logs of deleted rooms, in small steps, until nothing is left of what was said.
    void eraseDeleted() {
        List<Id<Room>> deleted = db.read(tx -> rooms.toErase(tx, ERASED_AT_ONCE));
        deleted.forEach(this::erase);
    }

    private void erase(Id<Room> id) {
        messages.erase(id);
        index.erase(id);
        db.run(tx -> rooms.erased(tx, id, clock.instant()));
    }

    private @Nullable String hash(@Nullable String password) {
        return password == null ? null : identity.hashShared(password);
    }

    // Parts

    /// How far somebody has read: what is stored, or is on its way there.
    long readSeq(Room room, Id<User> user) {
        return markers.now(room.id(), user, room.mine() == null ? 0 : room.mine().readSeq());
    }

    /// How the list of my rooms is ordered: the latest first, ties by id.
    public record Activity(Instant at, Id<Room> room) implements Comparable<Activity> {
        private static final Comparator<Activity> LATEST_FIRST =
                Comparator.comparing(Activity::at).reversed().thenComparing(Activity::room);

        /// A room in which nothing was said yet was active when it was made, if it shows at all.
        static Optional<Activity> of(MessageStore.End end, RoomStore.@Nullable Mine mine) {
            if (mine == null || (end.lastSeq() == 0 && !mine.isShownEmpty())) {
                return Optional.empty();
            }
            Instant at = end.lastAt().isAfter(mine.madeAt()) ? end.lastAt() : mine.madeAt();
            return Optional.of(new Activity(at, end.room()));
        }

        @Override
        public int compareTo(Activity other) {
            return LATEST_FIRST.compare(this, other);
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
        List<Integer> mentions = messages.unreadMentions(caller.user(), read, MOST_UNREAD);
        List<Id<Room>> readable = shown.stream().filter(Room::isReadable).map(Room::id).toList();
        Instant now = clock.instant();
        Map<Id<Room>, Message> newest = new HashMap<>();
        messages.newest(readable).forEach(message -> newest.put(message.room(), message));
        List<RoomAtAGlance> glances = new ArrayList<>(shown.size());
        for (int i = 0; i < shown.size(); i++) {
            Room room = shown.get(i);
            long lastSeq = ends.get(i).lastSeq();
            glances.add(
                    new RoomAtAGlance(
                            room,
                            room.mutedUntil(now),
                            lastSeq,
                            room.isMine() ? read.get(i).readSeq() : lastSeq,
                            room.isMine() ? unread.get(i) : 0,
                            room.isMine() ? mentions.get(i) : 0,
                            newest.get(room.id())));
        }
        return glances;
    }
}
