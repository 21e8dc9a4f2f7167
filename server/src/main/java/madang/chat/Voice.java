package madang.chat;

import madang.kit.Id;
import madang.kit.User;
import madang.live.LiveSocket;

/// Another protocol than the native one, in which what happens in rooms is told to its own sockets.
/// It is told once on each node where one of them hears the room, in the order of the log; it puts
/// things into bytes once and hands them to the sockets of its topic, without waiting for anybody.
public interface Voice {
    /// Under this name its sockets hear: it must differ from those of other voices.
    String name();

    /// Something was said, or was changed. It is new where it was never told before: what was said
    /// and changed while this node heard nothing is told once, in its present state. Of what only
    /// its author sees (its key) nothing is told.
    void message(Message message, boolean isNew);

    void typing(Id<Room> room, Id<User> user, boolean isTyping);

    /// Somebody has come with his first socket, or gone with his last one.
    void present(Id<Room> room, Id<User> user, boolean isPresent);

    /// So many are in a crowded room, in which nobody's coming and going is told by name. Told at
    /// most once a second by each node.
    void crowd(Id<Room> room, int count);

    /// This node may have missed what was said in the room, too much to be told: whoever hears it
    /// has to look himself.
    void lost(Id<Room> room);

    /// The room is over for this socket, which hears it no more: `deleted`, `removed`, `left`,
    /// `private`.
    void over(LiveSocket socket, Id<Room> room, String reason);

    /// The topic of a room for the sockets of this voice.
    default String topic(Id<Room> room) {
        return name() + ":" + room;
    }
}
