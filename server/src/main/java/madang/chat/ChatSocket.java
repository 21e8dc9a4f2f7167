package madang.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import madang.chat.ChatViews.ChangesView;
import madang.chat.ChatViews.MessageView;
import madang.chat.ChatViews.OpenedView;
import madang.chat.ChatViews.ReadView;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Turnstile;
import madang.kit.User;
import madang.kit.json.CodePoints;
import madang.kit.json.Json;
import madang.live.Frame;
import madang.live.LiveHub;
import madang.live.LiveSocket;
import madang.live.SocketMethods;
import madang.live.SocketProtocol;
import madang.port.Presence;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Chat over a socket: the methods that clients call, and the pushes that they hear. One socket may
/// hear many rooms.
final class ChatSocket {
    private static final int MOST_NAMED_ONLINE = 100;
    private static final int OPENING_AT_ONCE = 32;
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    static final String LEFT = "left";
    private static final String REMOVED = "removed";
    private static final String OPENED = "chat.opened";
    private static final String ROOM = "room";

    record Open(String room, @PositiveOrZero @Nullable Long after) {}

    record InRoom(String room) {}

    record Send(
            String room,
            @NotBlank @CodePoints(max = Message.MAX_CODE_POINTS) String text,
            @CodePoints(min = 1, max = 64) String clientKey,
            @Nullable Id<Message> replyTo,
            @Nullable Id<Message> thread,
            @Nullable Map<String, String> encryptedKeys) {}

    record Edit(
            String room,
            Id<Message> message,
            @NotBlank @CodePoints(max = Message.MAX_CODE_POINTS) String text) {}

    record Delete(String room, Id<Message> message) {}

    record React(String room, Id<Message> message, String emoji, boolean on) {}

    record Resume(String room, @PositiveOrZero long after) {}

    record ReadUpToIn(String room, @PositiveOrZero long seq) {}

    record Typing(Id<Room> room, Id<User> user) {}

    /// Who came or went, or in a large room only how many are there.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Present(
            Id<Room> room,
            @Nullable Id<User> user,
            @Nullable Boolean online,
            @Nullable Integer onlineCount) {}

    record Closed(Id<Room> room, String reason) {}

    private final Rooms rooms;
    private final Members members;
    private final Chat chat;
    private final Marks marks;
    private final Viewer viewer;
    private final RoomFeed feed;
    private final Presence presence;
    private final PresenceCounts counts;
    private final InstantSource clock;
    private final Json json;
    private final Turnstile entrance = new Turnstile(OPENING_AT_ONCE, PATIENCE);

    ChatSocket(
            Rooms rooms,
            Members members,
            Chat chat,
            Marks marks,
            Viewer viewer,
            RoomFeed feed,
            Presence presence,
            PresenceCounts counts,
            InstantSource clock,
            Json json) {
        this.rooms = rooms;
        this.members = members;
        this.chat = chat;
        this.marks = marks;
        this.viewer = viewer;
        this.feed = feed;
        this.presence = presence;
        this.counts = counts;
        this.clock = clock;
        this.json = json;
    }

    void methods(SocketMethods methods) {
        methods.on("chat.open", Open.class, OpenedView.class, this::open)
                .summary("Hear a room from now on, and get what was missed");
        methods.on("chat.close", InRoom.class, this::close).summary("Hear a room no more");
        methods.on("chat.send", Send.class, MessageView.class, this::send)
                .summary("Say something; answered when it is durable");
        methods.on("chat.edit", Edit.class, MessageView.class, this::edit)
                .summary("Edit a message of mine, within five minutes");
        methods.on("chat.delete", Delete.class, MessageView.class, this::delete)
                .summary("Delete a message");
        methods.on("chat.react", React.class, MessageView.class, this::react)
                .summary("React to a message with an emoji, or take that back");
        methods.on("chat.resume", Resume.class, ChangesView.class, this::resume)
                .summary("Everything that changed after a place in the log");
        methods.on("chat.typing", InRoom.class, this::typing).summary("I am writing something");
        methods.on("chat.read", ReadUpToIn.class, ReadView.class, this::read)
                .summary("Move my read marker forward");
        methods.onClosed(this::closed);
        pushes(methods);
    }

    private static void pushes(SocketMethods methods) {
        methods.pushes(
                Hint.Kind.MESSAGE.method(),
                MessageView.class,
                "after",
                "A message was said or changed; `after` is the number told before it here");
        methods.pushes(Hint.Kind.TYPING.method(), Typing.class, "Somebody is writing");
        methods.pushes(
                Hint.Kind.TYPING_STOPPED.method(),
                Typing.class,
                "Somebody writes no more; who only stops is not told, so forget him after 5 seconds");
        methods.pushes(
                Hint.Kind.PRESENCE.method(),
                Present.class,
                "Somebody came or went; large rooms tell their count alone");
        methods.pushes(
                Hint.Kind.READ.method(), Chat.ReadBy.class, "Somebody has read up to a place");
        methods.pushes(
                OPENED,
                OpenedView.class,
                "The room that this socket is about, said first on a socket about one room");
        methods.pushes(
                Hint.Kind.CLOSED.method(), Closed.class, "This socket hears the room no more");
        methods.pushes(
                Hint.Kind.ROOM.method(),
                RoomFeed.LookAgain.class,
                "The room, or where `user` is named, what he is in it, has changed: look again. All"
                        + " sockets of whoever came into a room or is talked to for the first time"
                        + " are told");
        methods.pushes(
                Hint.Kind.MENTIONED.method(),
                RoomFeed.Mentioned.class,
                "Somebody named me, in whichever of my rooms; every socket of mine is told");
        methods.pushes(
                Hint.Kind.LOOK.method(), InRoom.class, "Something may be missing: ask for it");
    }

    /// A socket that is about one room: it hears that room from the start, calls may leave `room`
    /// out, and may name no other.
    SocketProtocol aboutOne(Id<Room> room, @Nullable Long after, SocketMethods methods) {
        return methods.understood((method, params) -> about(room, method, params))
                .greeting(socket -> greet(socket, room, after));
    }

    private static JsonNode about(Id<Room> room, SocketMethods.Method method, JsonNode params) {
        boolean isAboutRoom =
                Arrays.stream(method.params().getRecordComponents())
                        .anyMatch(component -> component.getName().equals(ROOM));
        if (!isAboutRoom || !(params instanceof ObjectNode said)) {
            return params;
        }
        if (said.hasNonNull(ROOM) && !said.get(ROOM).asString("").equals(room.toString())) {
            throw Failure.forbidden();
        }
        return JsonNodeFactory.instance.objectNode().setAll(said).put(ROOM, room.toString());
    }

    private void greet(LiveSocket socket, Id<Room> room, @Nullable Long after) {
        socket.sendFirst(() -> greeting(socket, room, after));
    }

    /// Who was put out while he came in is told what those inside are told. Where nothing can be
    /// told now, he is sent away to come again.
    private @Nullable Frame greeting(LiveSocket socket, Id<Room> room, @Nullable Long after) {
        try {
            OpenedView opened = open(socket, new Open(room.toString(), after));
            return Frame.push(OPENED, json.write(opened));
        } catch (Failure refused) {
            return switch (refused.kind()) {
                case NOT_FOUND ->
                        Frame.push(
                                Hint.Kind.CLOSED.method(), json.write(new Closed(room, REMOVED)));
                case UNAVAILABLE -> {
                    socket.close(LiveHub.COME_AGAIN, "come again");
                    yield null;
                }
                default -> throw refused;
            };
        }
    }

    /// After a break of the line all come back at once, and each asks several times: served a few
    /// at a time, each of them is served soon.
    OpenedView open(LiveSocket socket, Open params) {
        return entrance.pass(() -> openInTurn(socket, Room.id(params.room()), params.after()));
    }

    /// Hears first and looks afterwards: what is said in between comes as a push, what was said
    /// before is in the answer.
    private OpenedView openInTurn(LiveSocket socket, Id<Room> id, @Nullable Long after) {
        Caller caller = socket.caller();
        boolean isNew = feed.hear(socket, rooms.find(caller, id));
        Room room = openOrUnhear(socket, id, isNew);
        if (isNew) {
            enter(socket, id, RoomFeed.topic(id));
        }
        Chat.@Nullable CatchUp missed = after == null ? null : chat.changes(id, after);
        @Nullable ChangesView changes =
                missed == null ? null : viewer.changes(missed, caller.user());
        long lastSeq = missed == null ? chat.lastSeq(id) : missed.lastSeq();
        Chat.Read read = chat.progress(caller, room, lastSeq);
        return new OpenedView(
                id,
                lastSeq,
                read.readSeq(),
                read.unread(),
                presence.online(RoomFeed.topic(id), MOST_NAMED_ONLINE),
                presence.count(RoomFeed.topic(id)),
                room.myRole(),
                room.mutedUntil(clock.instant()),
                room.slowModeSeconds(),
                changes == null ? List.of() : changes.changes(),
                changes == null ? null : changes.reset(),
                changes == null ? null : changes.items());
    }

    private Room openOrUnhear(LiveSocket socket, Id<Room> id, boolean isNew) {
        try {
            return chat.open(socket.caller(), id);
        } catch (RuntimeException notForHim) {
            if (isNew) {
                feed.unhear(socket, id);
            }
            throw notForHim;
        }
    }

    private void close(LiveSocket socket, InRoom params) {
        Id<Room> room = Room.id(params.room());
        if (feed.unhear(socket, room)) {
            leave(socket, room);
        }
    }

    private MessageView send(LiveSocket socket, Send params) {
        Chat.Sent sent =
                chat.send(
                        socket.caller(),
                        Room.id(params.room()),
                        new SendMessage(
                                params.text(),
                                params.clientKey(),
                                params.replyTo(),
                                params.thread(),
                                params.encryptedKeys()));
        return view(socket, sent.message());
    }

    private MessageView edit(LiveSocket socket, Edit params) {
        return view(
                socket,
                chat.edit(
                        socket.caller(),
                        Room.id(params.room()),
                        params.message(),
                        new EditMessage(params.text())));
    }

    private MessageView delete(LiveSocket socket, Delete params) {
        return view(socket, chat.remove(socket.caller(), Room.id(params.room()), params.message()));
    }

    private MessageView react(LiveSocket socket, React params) {
        Id<Room> room = Room.id(params.room());
        Caller caller = socket.caller();
        return view(
                socket,
                params.on()
                        ? marks.react(caller, room, params.message(), params.emoji())
                        : marks.unreact(caller, room, params.message(), params.emoji()));
    }

    private ChangesView resume(LiveSocket socket, Resume params) {
        return viewer.changes(
                chat.changes(socket.caller(), Room.id(params.room()), params.after()),
                socket.caller().user());
    }

    /// Told to the room, never stored. Who may not speak there does not show that he writes.
    private void typing(LiveSocket socket, InRoom params) {
        Id<Room> room = Room.id(params.room());
        members.requireSpeaker(socket.caller(), room);
        feed.tell(room, Hint.Kind.TYPING, new Typing(room, socket.caller().user()));
    }

    private ReadView read(LiveSocket socket, ReadUpToIn params) {
        Chat.Read read = chat.read(socket.caller(), Room.id(params.room()), params.seq());
        return new ReadView(read.readSeq(), read.unread());
    }

    /// Somebody's place in a room is gone: his sockets are told, and hear nothing of it from now
    /// on. Who left a public room by himself may go on listening, and so may who has come back.
    void evict(RoomFeed.Closing closing) {
        Id<Room> room = closing.room();
        Frame told =
                Frame.push(
                        Hint.Kind.CLOSED.method(), json.write(new Closed(room, closing.reason())));
        evict(closing, RoomFeed.topic(room), socket -> socket.send(told));
        for (Voice voice : feed.voices()) {
            evict(closing, voice.topic(room), socket -> voice.over(socket, room, closing.reason()));
        }
    }

    private void evict(RoomFeed.Closing closing, String topic, Consumer<LiveSocket> tell) {
        List<LiveSocket> meant =
                feed.sockets(topic).stream()
                        .filter(socket -> closing.isFor(socket.caller().user()))
                        .toList();
        Set<Id<User>> staying = staying(closing, meant);
        for (LiveSocket socket : meant) {
            if (!staying.contains(socket.caller().user())) {
                feed.unhear(socket, closing.room(), topic);
                tell.accept(socket);
                leave(socket, closing.room());
            }
        }
    }

    /// Nobody, where that cannot be asked now: who is wrongly sent away opens the room again.
    private Set<Id<User>> staying(RoomFeed.Closing closing, List<LiveSocket> meant) {
        Set<Id<User>> users = new HashSet<>();
        meant.forEach(socket -> users.add(socket.caller().user()));
        try {
            return users.isEmpty()
                    ? users
                    : members.hearers(closing.room(), users, closing.reason().equals(LEFT));
        } catch (Failure databaseAway) {
            return Set.of();
        }
    }

    private void closed(LiveSocket socket) {
        for (String topic : socket.topics()) {
            @Nullable Id<Room> room = RoomFeed.room(topic);
            if (room != null) {
                feed.forget(room);
                leave(socket, room);
            }
        }
    }

    /// Somebody who was put out of the room in this very moment leaves no shadow there. True for
    /// the first socket of its user there.
    boolean enter(LiveSocket socket, Id<Room> room, String topic) {
        boolean isFirst =
                presence.enter(
                        RoomFeed.topic(room), socket.caller().user(), socket.id().toString());
        if (isFirst) {
            tellPresence(room, socket.caller().user(), true);
        }
        if (socket.isOpen() && !feed.hears(socket, topic)) {
            leave(socket, room);
            throw Room.notFound();
        }
        return isFirst;
    }

    void leave(LiveSocket socket, Id<Room> room) {
        boolean wasLast =
                presence.leave(
                        RoomFeed.topic(room), socket.caller().user(), socket.id().toString());
        if (wasLast) {
            tellPresence(room, socket.caller().user(), false);
        }
    }

    /// Whoever was here through a node that died.
    void lost(String place, Id<User> user) {
        @Nullable Id<Room> room = RoomFeed.room(place);
        if (room != null) {
            tellPresence(room, user, false);
        }
    }

    /// By name while few are there; a crowd is told as a number, once a second.
    private void tellPresence(Id<Room> room, Id<User> user, boolean isOnline) {
        if (feed.isLarge(room) || presence.count(RoomFeed.topic(room)) > Room.LARGE) {
            counts.changed(room);
        } else {
            feed.tell(room, Hint.Kind.PRESENCE, new Present(room, user, isOnline, null));
        }
    }

    private MessageView view(LiveSocket socket, Message message) {
        return viewer.views(List.of(message), socket.caller().user()).getFirst();
    }
}
