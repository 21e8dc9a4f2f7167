package madang.chat;

import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import madang.identity.Identity;
import madang.kit.Caller;
import madang.kit.Cursor;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Page;
import madang.kit.User;
import madang.kit.db.Db;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// Who is in a room: joins, leaves, is brought in and put out.
public final class Members {
    private final Db db;
    private final Rooms rooms;
    private final RoomStore roomStore;
    private final MemberStore members;
    private final MessageStore messages;
    private final ReadMarkers markers;
    private final Identity identity;
    private final InstantSource clock;

    Members(
            Db db,
            Rooms rooms,
            RoomStore roomStore,
            MemberStore members,
            MessageStore messages,
            ReadMarkers markers,
            Identity identity,
            InstantSource clock) {
        this.db = db;
        this.rooms = rooms;
        this.roomStore = roomStore;
        this.members = members;
        this.messages = messages;
        this.markers = markers;
        this.identity = identity;
        this.clock = clock;
    }

    /// Takes a place in a public room. Joining twice changes nothing; a newcomer has nothing
    /// unread.
    public Rooms.RoomAtAGlance join(Caller caller, Id<Room> id) {
        long lastSeq = messages.end(id).lastSeq();
        boolean isNew =
                db.tx(tx -> {
                    roomStore.lockVisible(tx, id, caller.user());
                    return admit(tx, id, caller.user(), lastSeq);
                });
        if (isNew) {
            readAll(id, caller.user());
        }
        return rooms.room(caller, id);
    }

    /// Gives up one's place. When the owner leaves, the longest-standing member takes over; the
    /// last one to leave closes the room behind him.
    public void leave(Caller caller, Id<Room> id) {
        db.run(tx -> {
            Room room = roomStore.lockVisible(tx, id, caller.user());
            room.requireLeavable();
            if (members.remove(tx, id, caller.user())) {
                tx.publish(new MemberLeft(id, caller.user(), false));
                passOn(tx, room);
            }
        });
    }

    public Page<MemberStore.Member> list(
            Caller caller, Id<Room> id, @Nullable Id<User> after, int limit) {
        return db.read(tx -> {
            roomStore.visible(tx, id, caller.user());
            return Page.of(
                    members.after(tx, id, after, limit + 1),
                    limit,
                    member -> Cursor.encode(member.user()));
        });
    }

    /// A member who was brought in, or was in already.
    public record Added(MemberStore.Member member, boolean isNew) {}

    /// Brings somebody in.
    public Added add(Caller caller, Id<Room> id, Id<User> user) {
        rooms.find(caller, id).requireModerator();
        if (!identity.exists(user)) {
            throw Failure.notFound("USER_NOT_FOUND");
        }
        long lastSeq = messages.end(id).lastSeq();
        Added added =
                db.tx(tx -> {
                    roomStore.lockVisible(tx, id, caller.user()).requireModerator();
                    boolean isNew = admit(tx, id, user, lastSeq);
                    return new Added(members.find(tx, id, user).orElseThrow(), isNew);
                });
        if (added.isNew()) {
            readAll(id, user);
        }
        return added;
    }

    /// Puts somebody out; his sockets hear nothing of the room from then on.
    public void remove(Caller caller, Id<Room> id, Id<User> user) {
        db.run(tx -> {
            Room room = roomStore.lockVisible(tx, id, caller.user());
            MemberStore.Member member =
                    members.find(tx, id, user)
                            .orElseThrow(() -> Failure.notFound("CHAT_MEMBER_NOT_FOUND"));
            room.requireRemovable(member.role());
            members.remove(tx, id, user);
            tx.publish(new MemberLeft(id, user, true));
        });
    }

    /// Which of these people share a room with this user. The room that everybody is in makes
    /// nobody known.
    Set<Id<User>> sharing(Id<User> user, Set<Id<User>> people) {
        return Set.copyOf(db.read(tx -> members.sharing(tx, user, people)));
    }

    /// Which of these users may hear a room on: its members, and readers of a public one where
    /// reading is enough.
    Set<Id<User>> hearers(Id<Room> room, Set<Id<User>> users, boolean isReadingEnough) {
        List<Id<User>> asked = List.copyOf(users);
        return db
                .read(tx -> members.admissions(tx, Collections.nCopies(asked.size(), room), asked))
                .values()
                .stream()
                .filter(found ->
                        found.isMember() || (isReadingEnough && found.type() == RoomType.PUBLIC))
                .map(MemberStore.Admission::user)
                .collect(Collectors.toSet());
    }

    /// Everything said until now is read: what came in while he was let in, too.
    private void readAll(Id<Room> room, Id<User> newcomer) {
        markers.move(room, newcomer, messages.end(room).lastSeq());
    }

    private boolean admit(Tx tx, Id<Room> room, Id<User> user, long lastSeq) {
        boolean isNew = members.add(tx, room, user, RoomRole.MEMBER, lastSeq, clock.instant());
        if (isNew) {
            tx.publish(new MemberJoined(room, user));
        }
        return isNew;
    }

    private void passOn(Tx tx, Room room) {
        if (room.myRole() == RoomRole.OWNER && members.heir(tx, room.id()).isEmpty()) {
            roomStore.delete(tx, room.id(), clock.instant());
            tx.publish(new RoomDeleted(room.id()));
        }
    }
}
