package madang.chat;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import madang.kit.Caller;
import madang.kit.Cursor;
import madang.kit.Id;
import madang.kit.Page;

/// What readers hang on a message: reactions and pins. Hanging twice changes nothing, and neither
/// does taking off what is not there.
public final class Marks {
    static final int MOST_PINS = 100;

    private final Rooms rooms;
    private final Members members;
    private final MessageStore messages;
    private final RoomWriter writer;
    private final InstantSource clock;

    Marks(
            Rooms rooms,
            Members members,
            MessageStore messages,
            RoomWriter writer,
            InstantSource clock) {
        this.rooms = rooms;
        this.members = members;
        this.messages = messages;
        this.writer = writer;
        this.clock = clock;
    }

    /// Reacts to a message, as those may who may speak. Taking it back says nothing, so that is
    /// every member's.
    public Message react(Caller caller, Id<Room> room, Id<Message> message, String emoji) {
        members.requireSpeaker(caller, room);
        return changed(
                room, message, new MessageStore.Change.React(Emoji.of(emoji), caller.user()));
    }

    public Message unreact(Caller caller, Id<Room> room, Id<Message> message, String emoji) {
        rooms.find(caller, room).requireMember();
        return changed(
                room, message, new MessageStore.Change.Unreact(Emoji.of(emoji), caller.user()));
    }

    /// Who reacted how, in the order in which they did.
    public Page<MessageStore.Reacted> reactions(
            Caller caller, Id<Room> room, Id<Message> message, long after, int limit) {
        rooms.find(caller, room);
        find(room, message);
        return Page.of(
                messages.reactions(room, message, after, limit + 1),
                limit,
                reacted -> Cursor.encode(reacted.seq()));
    }

    /// Keeps a message in sight of everybody in the room.
    public Message pin(Caller caller, Id<Room> room, Id<Message> message) {
        rooms.find(caller, room).requireKeeper();
        members.requireSpeaker(caller, room);
        return changed(room, message, new MessageStore.Change.Pin(clock.instant(), MOST_PINS));
    }

    public Message unpin(Caller caller, Id<Room> room, Id<Message> message) {
        rooms.find(caller, room).requireKeeper();
        return changed(room, message, new MessageStore.Change.Unpin());
    }

    /// The pinned messages, the last pinned first.
    public List<Message> pins(Caller caller, Id<Room> room) {
        rooms.find(caller, room);
        return messages.pinned(room, MOST_PINS);
    }

    private Message changed(Id<Room> room, Id<Message> message, MessageStore.Change change) {
        requireThere(find(room, message));
        Optional<Message> changed = writer.change(room, message, change);
        return changed.isPresent() ? changed.get() : requireThere(find(room, message));
    }

    private static Message requireThere(Message message) {
        if (message.deletedAt() != null) {
            throw Message.deleted();
        }
        return message;
    }

    private Message find(Id<Room> room, Id<Message> message) {
        return messages.find(room, message).orElseThrow(Message::notFound);
    }
}
