package madang.chat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import madang.chat.MessageStore.Marker;
import madang.kit.Caller;
import madang.kit.Cursor;
import madang.kit.Id;
import madang.kit.Ids;
import madang.kit.Page;
import madang.kit.User;
import madang.kit.db.Db;
import org.jspecify.annotations.Nullable;

/// Rooms: opened, found, listed, changed, deleted. A stranger to a private room finds no room.
public final class Rooms {
    /// Unread messages are counted up to here; more is shown as "999+".
    static final int MOST_UNREAD = 999;

    private final Db db;
    private final RoomStore rooms;
    private final MemberStore members;
    private final MessageStore messages;
    private final ReadMarkers markers;
    private final InstantSource clock;
    private final Ids ids;
    private volatile @Nullable Id<Room> defaultRoom;

    Rooms(
            Db db,
            RoomStore rooms,
            MemberStore members,
            MessageStore messages,
            ReadMarkers markers,
            InstantSource clock,
            Ids ids) {
        this.db = db;
        this.rooms = rooms;
        this.members = members;
        this.messages = messages;
        this.markers = markers;
        this.clock = clock;
        this.ids = ids;
    }

    /// A room with what its list shows beside it.
    public record RoomAtAGlance(
            Room room,
            long lastSeq,
            long readSeq,
            int unread,
            int unreadMentions,
            @Nullable Message lastMessage) {}

    /// Opens a room; who opens it owns it.
    public RoomAtAGlance create(Caller caller, CreateRoom command) {
        Room room = Room.madeBy(caller, ids.next(), command, clock.instant());
        db.run(tx -> {
            rooms.add(tx, room);
            members.add(tx, room.id(), caller.user(), RoomRole.OWNER, 0, room.createdAt());
        });
        return new RoomAtAGlance(room, 0, 0, 0, 0, null);
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

    /// Refuses who does not moderate this room; a stranger to it finds none.
    public void requireModerator(Caller caller, Id<Room> id) {
        find(caller, id).requireModerator();
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

    /// Public rooms and those of the caller: the default room, then the oldest first.
    public List<Room> visibleTo(Caller caller, int limit) {
        return db.read(tx -> rooms.visibleTo(tx, caller.user(), limit));
    }

    /// Whether there is such a room, whoever may see it.
    public boolean exists(Id<Room> id) {
        return db.read(tx -> rooms.exists(tx, id));
    }

    /// The room that everybody is in.
    public Id<Room> defaultRoom() {
        return Objects.requireNonNull(defaultRoom);
    }

    public Room find(Caller caller, Id<Room> id) {
        return db.read(tx -> rooms.visible(tx, id, caller.user()));
    }

    /// How far somebody has read: what is stored, or is on its way there.
    long readSeq(Room room, Id<User> user) {
        return markers.now(room.id(), user, room.readSeq() == null ? 0 : room.readSeq());
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

    private List<RoomAtAGlance> glance(Caller caller, List<Room> shown) {
        List<Id<Room>> all = shown.stream().map(Room::id).toList();
        List<Marker> read =
                shown.stream()
                        .map(room -> new Marker(room.id(), readSeq(room, caller.user())))
                        .toList();
        List<MessageStore.End> ends = messages.ends(all);
        List<Integer> unread = messages.unread(caller.user(), read, MOST_UNREAD);
        List<Integer> mentions = messages.unreadMentions(caller.user(), read, MOST_UNREAD);
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
                            room.isMine() ? mentions.get(i) : 0,
                            newest.get(room.id())));
        }
        return glances;
    }
}
