package madang.chat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.json.Json;
import madang.live.Frame;
import madang.live.LiveHub;
import madang.live.LiveSocket;
import madang.port.Bus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries what happens in rooms to the sockets of this node that hear them. A node listens to a
/// room's topic as long as one of its sockets does. Messages are told in the order of the log, each
/// with the number of the one told before it (`after`); where the bus lost some, the feed reads
/// them from the store first. A frame is put into bytes once for all sockets.
final class RoomFeed {
    private static final Logger log = LoggerFactory.getLogger(RoomFeed.class);
    private static final long UNKNOWN = -1;

    private final Bus bus;
    private final LiveHub hub;
    private final MessageStore store;
    private final Viewer viewer;
    private final Json json;
    private final Map<Id<Room>, Listening> listening = new ConcurrentHashMap<>();
    private Consumer<Closing> closing = _ -> {};

    /// A room that is over for a user, or, where none is named, for everybody.
    record Closing(Id<Room> room, @Nullable Id<User> user, String reason) {}

    RoomFeed(Bus bus, LiveHub hub, MessageStore store, Viewer viewer, Json json) {
        this.bus = bus;
        this.hub = hub;
        this.store = store;
        this.viewer = viewer;
        this.json = json;
    }

    /// What this node knows of a room that it listens to. Only the bus's thread of the topic moves
    /// `told`.
    private static final class Listening {
        private final Bus.Subscription subscription;
        private int sockets = 1;
        private long told = UNKNOWN;

        Listening(Bus.Subscription subscription) {
            this.subscription = subscription;
        }
    }

    /// Lets a socket hear a room; false if it did already, or is over.
    boolean hear(LiveSocket socket, Id<Room> room) {
        if (socket.topics().contains(topic(room))) {
            return false;
        }
        listening.compute(room, (_, known) -> known == null ? listen(room) : more(known));
        if (hub.hear(socket, topic(room))) {
            return true;
        }
        less(room);
        return false;
    }

    /// Lets a socket hear a room no more; false if it did not hear it.
    boolean unhear(LiveSocket socket, Id<Room> room) {
        if (!socket.topics().contains(topic(room))) {
            return false;
        }
        hub.unhear(socket, topic(room));
        less(room);
        return true;
    }

    /// A socket that is over has left the hub by itself.
    void forget(Id<Room> room) {
        less(room);
    }

    /// Tells every node what was said or changed.
    void tell(Message message) {
        publish(
                message.room(),
                new Hint(
                        Hint.Kind.MESSAGE,
                        message.changedSeq(),
                        json.write(viewer.forAll(message))));
    }

    /// Tells every node something that is not in the log.
    void tell(Id<Room> room, Hint.Kind kind, Record params) {
        publish(room, new Hint(kind, 0, json.write(params)));
    }

    /// Tells the sockets of one user on this node.
    void tellUser(Id<User> user, Hint.Kind kind, Record params) {
        hub.tellUser(user, Frame.push(kind.method(), json.write(params)));
    }

    /// Ends a room for one user, or for everybody, on every node.
    void close(Id<Room> room, @Nullable Id<User> user, String reason) {
        publish(room, new Hint(Hint.Kind.CLOSED, 0, json.write(new Closing(room, user, reason))));
    }

    /// What happens to the sockets of a room that is closed for somebody.
    void onClose(Consumer<Closing> listener) {
        closing = listener;
    }

    /// The sockets of this node that hear the room.
    Set<LiveSocket> sockets(Id<Room> room) {
        return hub.hearing(topic(room));
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

    private Listening listen(Id<Room> room) {
        AtomicReference<@Nullable Listening> self = new AtomicReference<>();
        Listening fresh =
                new Listening(
                        bus.subscribe(
                                topic(room),
                                payload -> {
                                    Listening known = self.get();
                                    if (known != null) {
                                        pass(room, known, Hint.of(payload));
                                    }
                                }));
        self.set(fresh);
        return fresh;
    }

    private static Listening more(Listening known) {
        known.sockets++;
        return known;
    }

    private void less(Id<Room> room) {
        listening.computeIfPresent(
                room,
                (_, known) -> {
                    if (--known.sockets > 0) {
                        return known;
                    }
                    known.subscription.close();
                    return null;
                });
    }

    private void pass(Id<Room> room, Listening known, Hint hint) {
        if (hint.kind() == Hint.Kind.CLOSED) {
            closing.accept(json.readOwn(hint.params(), Closing.class));
            return;
        }
        if (hint.kind() != Hint.Kind.MESSAGE) {
            hub.tell(topic(room), Frame.push(hint.kind().method(), hint.params()));
            return;
        }
        if (known.told != UNKNOWN && hint.changedSeq() <= known.told) {
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

    /// Tells what the bus did not bring; too much of it, and the sockets are told to look
    /// themselves.
    private void fill(Id<Room> room, Listening known) {
        try {
            List<Message> missed = store.changedAfter(room, known.told, Chat.MOST_CHANGES + 1);
            if (missed.size() > Chat.MOST_CHANGES) {
                hub.tell(topic(room), Frame.push("chat.reset", json.write(Map.of("room", room))));
                known.told = UNKNOWN;
                return;
            }
            for (Message message : missed) {
                tell(room, known, message.changedSeq(), json.write(viewer.forAll(message)));
            }
        } catch (RuntimeException databaseAway) {
            log.warn("room {} has a gap that cannot be read now", room, databaseAway);
        }
    }

    private void tell(Id<Room> room, Listening known, long changedSeq, byte[] params) {
        long after = known.told == UNKNOWN ? changedSeq - 1 : known.told;
        hub.tell(topic(room), Frame.push(Hint.Kind.MESSAGE.method(), params, "after", after));
        known.told = changedSeq;
    }
}
