package madang.chat;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import madang.kit.Caller;
import madang.kit.Id;
import madang.kit.User;
import madang.live.LiveSocket;
import madang.port.Presence;

/// Lets sockets of other protocols into rooms. They are as present there as native ones, are put
/// out with them, and hear what happens in the words of their `Voice`.
public final class Hearing {
    private static final int MOST_NAMED = 1_000;

    private final Rooms rooms;
    private final Chat chat;
    private final RoomFeed feed;
    private final Presence presence;
    private final ChatSocket natives;

    Hearing(Rooms rooms, Chat chat, RoomFeed feed, Presence presence, ChatSocket natives) {
        this.rooms = rooms;
        this.chat = chat;
        this.feed = feed;
        this.presence = presence;
        this.natives = natives;
    }

    /// From now on this voice tells what happens, to the sockets that hear by it.
    public void lend(Voice voice) {
        feed.lend(voice);
    }

    /// Lets a socket hear a room that its user may see; the default room takes him in. Nobody is
    /// told that he is there before `enter`.
    public void hear(LiveSocket socket, Id<Room> room, Voice voice) {
        Caller caller = socket.caller();
        feed.hear(socket, rooms.find(caller, room), voice.topic(room));
        chat.open(caller, room);
    }

    /// The user is there. True where he was not before: then all who hear the room are told. Who
    /// was put out in this very moment finds no room.
    public boolean enter(LiveSocket socket, Id<Room> room, Voice voice) {
        return natives.enter(socket, room, voice.topic(room));
    }

    /// A socket that heard the room is over.
    public void leave(LiveSocket socket, Id<Room> room) {
        feed.forget(room);
        natives.leave(socket, room);
    }

    /// Told to the room, never stored.
    public void typing(Id<Room> room, Id<User> user, boolean isTyping) {
        feed.tell(
                room,
                isTyping ? Hint.Kind.TYPING : Hint.Kind.TYPING_STOPPED,
                new ChatSocket.Typing(room, user));
    }

    /// Some of the users who are in each of these rooms now.
    public Map<Id<Room>, List<Id<User>>> online(Collection<Id<Room>> asked) {
        Map<String, Id<Room>> places = new HashMap<>();
        asked.forEach(room -> places.put(RoomFeed.topic(room), room));
        Map<Id<Room>, List<Id<User>>> online = new HashMap<>();
        presence.online(places.keySet(), MOST_NAMED)
                .forEach((place, users) -> online.put(places.get(place), users));
        return online;
    }
}
