package madang.chat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.json.Json;
import madang.live.Frame;
import madang.live.LiveHub;
import madang.live.LiveSocket;
import madang.live.UserFeed;
import madang.port.Bus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// Carries what happens in rooms to the sockets of this node that hear them. A node listens to a
/// room's topic as long as one of its sockets does. Messages are told in the order of the log, each
/// with the number of the one told before it (`after`); where the bus lost some, the feed reads
/// them from the store first. A frame is put into bytes once for all sockets.
final class RoomFeed implements RoomWriter.Listener {
    private static final Logger log = LoggerFactory.getLogger(RoomFeed.class);
    private static final long UNKNOWN = -1;

    /// A hint's payload is its params and a few bytes.
    private static final int MOST_CARRIED = Bus.MAX_PAYLOAD - 64;

    /// More than this is not told again one by one: it would fill the queue of every socket.
    private static final int MOST_RETOLD = 100;

    private final Bus bus;
    private final LiveHub hub;
    private final UserFeed users;
    private final MessageStore store;
    private final Viewer viewer;
    private final Json json;
    private final Map<Id<Room>, Listening> listening = new ConcurrentHashMap<>();
    private final List<Voice> voices = new CopyOnWriteArrayList<>();
    private Consumer<Closing> closing = _ -> {};

    /// A room that is over for a user, or, where none is named, for everybody.
    record Closing(Id<Room> room, @Nullable Id<User> user, String reason) {
        boolean isFor(Id<User> somebody) {
            return user == null || user.equals(somebody);
        }
    }

    RoomFeed(Bus bus, LiveHub hub, UserFeed users, MessageStore store, Viewer viewer, Json json) {
        this.bus = bus;
        this.hub = hub;
        this.users = users;
        this.store = store;
        this.viewer = viewer;
        this.json = json;
    }

    /// What this node knows of a room that it listens to: up to where its log was told. Only the
    /// bus's thread of the topic moves that.
    private static final class Listening {
        private Bus.@Nullable Subscription subscription;
        private volatile boolean isLarge;
        private long told;

        /// Told together, because each socket's write costs more than what is in it.
        private final List<Frame> ready = new ArrayList<>();

        private Listening(long told) {
            this.told = told;
        }
    }

    /// Lets a socket hear a room; false if it did already, or is over.
    boolean hear(LiveSocket socket, Room room) {
        return hear(socket, room, topic(room.id()));
    }

    /// The same under a topic of a voice. Where a room was not listened to, its log is told from
    /// where it ends now: what is said before the bus brings the first hint is read then.
    boolean hear(LiveSocket socket, Room room, String topic) {
        boolean isNew = !hears(socket, topic);
        long end = listening.containsKey(room.id()) ? UNKNOWN : store.end(room.id()).lastSeq();
        listening.compute(
                room.id(),
                (id, known) -> {
                    Listening now = known == null ? listen(id, end) : known;
                    now.isLarge = room.isLarge();
                    hub.hear(socket, topic);
                    return ifWanted(id, now);
                });
        return isNew && hears(socket, topic);
    }

    boolean hears(LiveSocket socket, String topic) {
        return socket.isOpen() && socket.topics().contains(topic);
    }

    /// Lets a socket hear a room no more; false if it did not hear it.
    boolean unhear(LiveSocket socket, Id<Room> room) {
        return unhear(socket, room, topic(room));
    }

    boolean unhear(LiveSocket socket, Id<Room> room, String topic) {
        if (!socket.topics().contains(topic)) {
            return false;
        }
        hub.unhear(socket, topic);
        forget(room);
        return true;
    }

    /// Somebody hears the room no more; a socket that is over has left the hub by itself.
    void forget(Id<Room> room) {
        listening.computeIfPresent(room, this::ifWanted);
    }

    /// Whether the room had a crowd of members when it was opened here last.
    boolean isLarge(Id<Room> room) {
        @Nullable Listening known = listening.get(room);
        return known != null && known.isLarge;
    }

    /// Tells every node what was said or changed, and those whom it calls. What is too long for the
    /// bus each node reads itself.
    @Override
    public void stored(Message message) {
        byte[] params = json.write(viewer.forAll(message));
        boolean isTooLong = params.length > MOST_CARRIED;
        publish(
                message.room(),
                new Hint(
                        Hint.Kind.MESSAGE, message.changedSeq(), isTooLong ? new byte[0] : params));
        if (message.isNew() && message.extras().mentions() != null) {
            call(message, message.extras().mentions());
        }
    }

    /// What is told of a message to somebody whom it mentions.
    record Mentioned(Id<Room> room, Id<Message> message, long seq, @Nullable Id<User> by) {}

    private void call(Message message, String mentions) {
        byte[] written = mentions.getBytes(StandardCharsets.UTF_8);
        users.tell(
                Arrays.stream(json.readOwn(written, UUID[].class)).map(Id<User>::new).toList(),
                Hint.Kind.MENTIONED.method(),
                new Mentioned(message.room(), message.id(), message.seq(), message.author()));
    }

    /// Tells every node that the log may hold more than was told.
    @Override
    public void maybeStored(Id<Room> room) {
        publish(room, new Hint(Hint.Kind.LOOK, 0, new byte[0]));
    }

    /// Tells every node something that is not in the log.
    void tell(Id<Room> room, Hint.Kind kind, Record params) {
        publish(room, new Hint(kind, 0, json.write(params)));
    }

    /// Tells whoever hears the room that it is not what it was, or where a user is named, what he
    /// is in it: names, bounds, roles and mutes are asked for, not pushed.
    void lookAgain(Id<Room> room, @Nullable Id<User> user) {
        tell(room, Hint.Kind.ROOM, new LookAgain(room, user));
    }

    record LookAgain(Id<Room> room, @Nullable Id<User> user) {}

    /// Ends a room for one user, or for everybody, on every node.
    void close(Id<Room> room, @Nullable Id<User> user, String reason) {
        publish(room, new Hint(Hint.Kind.CLOSED, 0, json.write(new Closing(room, user, reason))));
    }

    /// What happens to the sockets of a room that is closed for somebody.
    void onClose(Consumer<Closing> listener) {
        closing = listener;
    }

    /// The sockets of this node that hear under this topic.
    Set<LiveSocket> sockets(String topic) {
        return hub.hearing(topic);
    }

    void lend(Voice voice) {
        voices.add(voice);
    }

    List<Voice> voices() {
        return voices;
    }

    static String topic(Id<Room> room) {
        return "room:" + room;
    }

    static @Nullable Id<Room> room(String topic) {
        return topic.startsWith("room:") ? Id.parse(topic.substring("room:".length())) : null;
    }

    private void publish(Id<Room> room, Hint hint) {
        bus.publish(topic(room), hint.payload());
    }

    private Listening listen(Id<Room> room, long end) {
        Listening fresh = new Listening(end);
        fresh.subscription =
                bus.subscribe(
                        topic(room),
                        new Bus.Listener() {
                            @Override
                            public void hears(byte[] payload) {
                                hearsAll(List.of(payload));
                            }

                            @Override
                            public void hearsAll(List<byte[]> payloads) {
                                payloads.forEach(payload -> pass(room, fresh, Hint.of(payload)));
                                tellReady(room, fresh);
                            }

                            @Override
                            public void missed() {
                                look(room, fresh);
                                tellReady(room, fresh);
                            }
                        });
        return fresh;
    }

    /// The subscription lasts as long as the hub knows a socket that hears the room. Asked under
    /// the room's lock in `listening`, so that it cannot end between somebody's coming and his
    /// hearing.
    private @Nullable Listening ifWanted(Id<Room> room, Listening known) {
        if (hub.audience(topic(room)) > 0 || !heardBy(room).isEmpty()) {
            return known;
        }
        if (known.subscription != null) {
            known.subscription.close();
        }
        return null;
    }

    /// Whoever is put out hears first what was told before.
    private void pass(Id<Room> room, Listening known, Hint hint) {
        switch (hint.kind()) {
            case MESSAGE -> message(room, known, hint);
            case LOOK -> look(room, known);
            case CLOSED -> {
                tellReady(room, known);
                closing.accept(json.readOwn(hint.params(), Closing.class));
            }
            case TYPING, TYPING_STOPPED, PRESENCE, READ, MENTIONED, ROOM -> {
                known.ready.add(Frame.push(hint.kind().method(), hint.params()));
                heardBy(room).forEach(voice -> pass(room, hint, voice));
            }
        }
    }

    /// The voices in whose words somebody hears the room on this node.
    private List<Voice> heardBy(Id<Room> room) {
        return voices.stream().filter(voice -> hub.audience(voice.topic(room)) > 0).toList();
    }

    /// Read markers are a native matter.
    private void pass(Id<Room> room, Hint hint, Voice voice) {
        JsonNode params = json.tree(hint.params());
        @Nullable Id<User> user = Id.parse(params.path("user").asString(""));
        if (user == null) {
            if (hint.kind() == Hint.Kind.PRESENCE) {
                voice.crowd(room, params.path("online_count").asInt());
            }
            return;
        }
        switch (hint.kind()) {
            case TYPING -> voice.typing(room, user, true);
            case TYPING_STOPPED -> voice.typing(room, user, false);
            case PRESENCE -> voice.present(room, user, params.path("online").asBoolean());
            case MESSAGE, READ, MENTIONED, CLOSED, ROOM, LOOK -> {}
        }
    }

    private void message(Id<Room> room, Listening known, Hint hint) {
        if (known.told != UNKNOWN && hint.changedSeq() <= known.told) {
            return;
        }
        if (hint.params().length == 0) {
            known.told = known.told == UNKNOWN ? hint.changedSeq() - 1 : known.told;
            fill(room, known);
            return;
        }
        if (known.told != UNKNOWN && hint.changedSeq() > known.told + 1) {
            fill(room, known);
            if (hint.changedSeq() <= known.told) {
                return;
            }
        }
        tell(room, known, hint.changedSeq(), hint.params());
    }

    private void look(Id<Room> room, Listening known) {
        if (known.told == UNKNOWN) {
            reset(room, known);
        } else {
            fill(room, known);
        }
    }

    /// Tells what the bus did not bring; where that is too much, or cannot be read now, the sockets
    /// are told to look themselves.
    private void fill(Id<Room> room, Listening known) {
        try {
            List<Message> missed = store.changedAfter(room, known.told, MOST_RETOLD + 1);
            if (missed.size() > MOST_RETOLD) {
                reset(room, known);
                return;
            }
            for (Message message : missed) {
                tell(room, known, message.changedSeq(), json.write(viewer.forAll(message)));
            }
        } catch (RuntimeException databaseAway) {
            log.warn("room {} has a gap that cannot be read now", room, databaseAway);
            reset(room, known);
        }
    }

    private void reset(Id<Room> room, Listening known) {
        known.told = UNKNOWN;
        tellReady(room, known);
        hub.tell(
                topic(room), Frame.push(Hint.Kind.LOOK.method(), json.write(Map.of("room", room))));
        heardBy(room).forEach(voice -> voice.lost(room));
    }

    private void tell(Id<Room> room, Listening known, long changedSeq, byte[] params) {
        long after = known.told == UNKNOWN ? changedSeq - 1 : known.told;
        known.ready.add(Frame.push(Hint.Kind.MESSAGE.method(), params, "after", after));
        heardBy(room).forEach(voice -> tell(viewer.told(json.tree(params)), after, voice));
        known.told = changedSeq;
    }

    private static void tell(Message message, long after, Voice voice) {
        voice.message(message, message.seq() > after);
    }

    private void tellReady(Id<Room> room, Listening known) {
        hub.tell(topic(room), known.ready);
        known.ready.clear();
    }
}
