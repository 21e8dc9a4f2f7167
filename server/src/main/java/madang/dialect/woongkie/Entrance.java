package madang.dialect.woongkie;

import java.util.function.Supplier;
import madang.chat.Members;
import madang.chat.Room;
import madang.chat.RoomType;
import madang.chat.Rooms;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.http.ApiRequest;
import org.jspecify.annotations.Nullable;

/// Who may be where, as this dialect has it: everybody signed in where it is public, members where
/// it is private; whoever knows that a private room is there is told that he is no member.
final class Entrance {
    private final Rooms rooms;
    private final Members members;

    Entrance(Rooms rooms, Members members) {
        this.rooms = rooms;
        this.members = members;
    }

    Id<Room> id(ApiRequest request) {
        return request.id("room", "CHAT_ROOM_NOT_FOUND");
    }

    /// The room of the path.
    Room room(ApiRequest request) {
        return room(request.caller(), id(request));
    }

    Room room(Caller caller, Id<Room> id) {
        return orMembersOnly(id, () -> rooms.find(caller, id));
    }

    /// The room of the path as one sees it from outside: a public one that asks for a password
    /// shows that it does.
    Room door(ApiRequest request) {
        Id<Room> id = id(request);
        return orMembersOnly(id, () -> rooms.room(request.caller(), id).room());
    }

    /// Comes in, with the password if there is one.
    void join(Caller caller, Id<Room> id, @Nullable String password) {
        @Nullable String said = password == null || password.isEmpty() ? null : password;
        orMembersOnly(id, () -> members.join(caller, id, said));
    }

    private <T> T orMembersOnly(Id<Room> id, Supplier<T> look) {
        try {
            return look.get();
        } catch (Failure unseen) {
            throw unseen.kind() == Failure.Kind.NOT_FOUND && rooms.exists(id)
                    ? Words.no("members_only")
                    : unseen;
        }
    }

    /// Refuses who may not speak, before anything is read; to who may not yet, the same happens as
    /// if he spoke.
    void requireSpeaker(Caller caller, Id<Room> id) {
        speaking(
                caller,
                id,
                () -> {
                    members.requireSpeaker(caller, id);
                    return id;
                });
    }

    /// Whether others may see that he writes. Who only looks into a public room may speak there,
    /// and is refused no more than as somebody who is not in yet.
    boolean mayWrite(Caller caller, Id<Room> id) {
        try {
            members.requireSpeaker(caller, id);
            return true;
        } catch (Failure refused) {
            return refused.code().equals("PERMISSION_DENIED");
        }
    }

    /// Says something, and becomes a member by that where it is public.
    <T> T speaking(Caller caller, Id<Room> id, Supplier<T> speak) {
        try {
            return speak.get();
        } catch (Failure refused) {
            if (!refused.code().equals("PERMISSION_DENIED")
                    || room(caller, id).type() != RoomType.PUBLIC) {
                throw refused;
            }
            members.join(caller, id);
            return speak.get();
        }
    }
}
