package madang.dialect.woongkie;

import java.util.List;
import java.util.Map;
import madang.chat.Chat;
import madang.chat.Hearing;
import madang.chat.Message;
import madang.chat.Room;
import madang.chat.SendMessage;
import madang.dialect.woongkie.Views.MessageJson;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.json.Json;
import madang.kit.settings.Rate;
import madang.live.LiveSocket;
import madang.live.SocketProtocol;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is spoken on `/rooms/{room}/ws`: the history first, then that one is there, then what
/// happens. A socket is in one room for all its life.
final class RoomSocket implements SocketProtocol {
    private static final Logger log = LoggerFactory.getLogger(RoomSocket.class);
    private static final int HISTORY = 100;
    private static final int GOING_AWAY = 1001;
    private static final int POLICY = 1008;

    private final Id<Room> room;
    private final Parts parts;
    private final Seats.Seat seat;

    /// What all sockets of this dialect share.
    record Parts(
            Chat chat,
            Hearing hearing,
            History history,
            Entrance entrance,
            RoomVoice voice,
            Translator translator,
            Frames frames,
            Words words,
            Figures figures,
            Json json,
            Rate pace) {}

    /// Somebody comes into a room that he may be in, and has his seat until he is gone.
    RoomSocket(Id<Room> room, Parts parts, Seats.Seat seat) {
        this.room = room;
        this.parts = parts;
        this.seat = seat;
    }

    /// Hears first and looks afterwards: what is said in between waits until the history was told.
    @Override
    public void opened(LiveSocket socket) {
        parts.figures().came(room);
        Guest guest = guest(socket);
        try {
            parts.hearing().hear(socket, room, parts.voice());
            List<Message> history =
                    parts.history()
                            .before(socket.caller(), room, Long.MAX_VALUE, HISTORY)
                            .messages();
            if (!isTold(socket, guest, history)) {
                guest.readsTooSlowly();
                return;
            }
            parts.hearing().enter(socket, room, parts.voice());
            socket.send(parts.frames().present(guest.name(), room.toString(), true));
            guest.goLive(history.isEmpty() ? 0 : history.getLast().seq());
        } catch (Failure over) {
            socket.close(
                    over.kind() == Failure.Kind.UNAVAILABLE ? GOING_AWAY : POLICY, over.code());
        }
    }

    private Guest guest(LiveSocket socket) {
        String name = parts.translator().name(socket.caller().user());
        return socket.keep(Guest.class, () -> new Guest(socket, room, name, parts.pace()));
    }

    /// False where the peer does not read.
    private boolean isTold(LiveSocket socket, Guest guest, List<Message> history) {
        List<MessageJson> shown = parts.translator().messages(history);
        for (int i = 0; i < shown.size(); i++) {
            boolean isOwn = guest.user().equals(history.get(i).author());
            if (!socket.sendInTurn(parts.frames().log(shown.get(i), isOwn))) {
                return false;
            }
        }
        return true;
    }

    /// What is no JSON object, or asks for what only the server says, is passed over.
    @Override
    public void said(LiveSocket socket, byte[] text) {
        @Nullable Spoken spoken = Spoken.read(parts.json(), text);
        if (spoken == null) {
            return;
        }
        switch (spoken.event()) {
            case "MSG", "MESSAGE" -> say(socket, spoken);
            case "TYPING_START" -> type(socket, true);
            case "TYPING_STOP" -> type(socket, false);
            default -> {}
        }
    }

    /// Told as often as people type, of those who may speak; what a program says beyond that is
    /// passed over.
    private void type(LiveSocket socket, boolean isTyping) {
        if (RoomVoice.guest(socket).mayBeSeenTyping()
                && parts.entrance().mayWrite(socket.caller(), room)) {
            parts.hearing().typing(room, socket.caller().user(), isTyping);
        }
    }

    private void say(LiveSocket socket, Spoken spoken) {
        String text = spoken.message();
        if (text.isBlank()) {
            return;
        }
        if (!RoomVoice.guest(socket).maySpeak()) {
            warn(socket, "warn.too_fast");
        } else if (text.codePointCount(0, text.length()) > MessageApi.MAX_CODE_POINTS) {
            warn(socket, "warn.too_long");
        } else if (spoken.isEncrypted()) {
            encrypted(socket, spoken);
        } else {
            store(socket, new SendMessage(text, null, spoken.replyTo(), null, null));
        }
    }

    /// Without a key that somebody can use it would stand there as nonsense, and as no secret.
    private void encrypted(LiveSocket socket, Spoken spoken) {
        @Nullable Map<String, String> keys = parts.translator().keysByUser(spoken.encryptedKeys());
        if (keys == null) {
            warn(socket, "warn.without_keys");
        } else {
            store(socket, new SendMessage(spoken.message(), null, spoken.replyTo(), null, keys));
        }
    }

    private void store(LiveSocket socket, SendMessage command) {
        try {
            parts.entrance()
                    .speaking(
                            socket.caller(),
                            room,
                            () -> parts.chat().send(socket.caller(), room, command));
            parts.figures().said();
        } catch (Failure refused) {
            refuse(socket, command, refused);
        } catch (RuntimeException bug) {
            log.error("a message of the woongkie socket was not stored", bug);
            warnNotStored(socket);
        }
    }

    /// What is answered may be gone by now; what was said is said all the same.
    private void refuse(LiveSocket socket, SendMessage command, Failure refused) {
        if (command.replyTo() != null && refused.code().equals("CHAT_MESSAGE_NOT_FOUND")) {
            store(
                    socket,
                    new SendMessage(command.text(), null, null, null, command.encryptedKeys()));
            return;
        }
        if (refused.kind() == Failure.Kind.UNAVAILABLE || refused.kind() == Failure.Kind.BROKEN) {
            warnNotStored(socket);
        } else {
            socket.send(parts.frames().warning(parts.words().of(refused).sentence()));
        }
    }

    private void warnNotStored(LiveSocket socket) {
        parts.figures().notStored();
        warn(socket, "warn.not_stored");
    }

    private void warn(LiveSocket socket, String code) {
        socket.send(parts.frames().warning(parts.words().say(code)));
    }

    @Override
    public void closed(LiveSocket socket) {
        try {
            parts.hearing().leave(socket, room);
        } finally {
            parts.figures().left(room);
            seat.leave();
        }
    }

    @Override
    public Goodbye whenStopping() {
        return new Goodbye(GOING_AWAY, "server shutting down");
    }

    @Override
    public Goodbye whenSignedOut() {
        return new Goodbye(POLICY, "signed out");
    }

    @Override
    public boolean hearsWhatUsersAreTold() {
        return false;
    }
}
