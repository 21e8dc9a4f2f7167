package madang.chat;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import madang.identity.Identity;
import madang.kit.Caller;
import madang.kit.Cursor;
import madang.kit.Id;
import madang.kit.Page;
import madang.kit.User;
import madang.kit.db.Db;
import org.jspecify.annotations.Nullable;

/// Whom a message calls. Only members of its room are called, and nobody calls himself; `@all` is
/// for moderators of rooms that are no crowd.
public final class Mentions {
    private final Db db;
    private final Rooms rooms;
    private final RoomStore roomStore;
    private final MemberStore members;
    private final MessageStore messages;
    private final Identity identity;

    Mentions(
            Db db,
            Rooms rooms,
            RoomStore roomStore,
            MemberStore members,
            MessageStore messages,
            Identity identity) {
        this.db = db;
        this.rooms = rooms;
        this.roomStore = roomStore;
        this.members = members;
        this.messages = messages;
        this.identity = identity;
    }

    /// Messages that mention me, in rooms that I am in, the newest first.
    public Page<Message> mine(Caller caller, MessageStore.@Nullable MentionedAt before, int limit) {
        List<Id<Room>> mine =
                List.copyOf(db.read(tx -> roomStore.mine(tx, caller.user())).keySet());
        return Page.of(
                messages.mentioning(caller.user(), mine, before, limit + 1),
                limit,
                message -> Cursor.encode(message.createdAt(), message.room()));
    }

    /// Whom this text calls when the caller says it in the room. A text without `@` asks nobody.
    List<Id<User>> of(Caller caller, Id<Room> room, String text) {
        Calls calls = Calls.in(text);
        if (calls.isEmpty()) {
            return List.of();
        }
        Set<Id<User>> called = new LinkedHashSet<>(named(room, calls));
        if (calls.isAll()) {
            called.addAll(everybody(rooms.find(caller, room)));
        }
        called.remove(caller.user());
        return List.copyOf(called);
    }

    /// Whom this text calls when a voice says it that is no member: those whom it names.
    List<Id<User>> byVoice(Id<Room> room, String text) {
        Calls calls = Calls.in(text);
        return calls.isEmpty() ? List.of() : named(room, calls);
    }

    private List<Id<User>> named(Id<Room> room, Calls calls) {
        Map<String, Id<User>> users =
                identity.named(calls.names().stream().flatMap(Collection::stream).toList());
        if (users.isEmpty()) {
            return List.of();
        }
        Set<Id<User>> present =
                new HashSet<>(db.read(tx -> members.among(tx, room, users.values())));
        return calls.names().stream()
                .flatMap(possible ->
                        possible.stream()
                                .flatMap(name -> Optional.ofNullable(users.get(name)).stream())
                                .filter(present::contains)
                                .limit(1))
                .toList();
    }

    private List<Id<User>> everybody(Room room) {
        boolean mayCallAll =
                room.myRole() != null && room.myRole().isModerator() && !room.isLarge();
        return mayCallAll
                ? db.read(tx -> members.after(tx, room.id(), null, Room.LARGE)).stream()
                        .map(Member::user)
                        .toList()
                : List.of();
    }
}
