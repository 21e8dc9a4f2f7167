package madang.dialect.woongkie;

import static madang.testing.Town.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import madang.kit.json.Json;
import madang.testing.RawSocket;
import tools.jackson.databind.JsonNode;

/// One socket of this dialect. Every wait has one limit, far beyond any answer.
final class Line implements AutoCloseable {
    private static final Json JSON = new Json();
    private final RawSocket socket;
    private final List<JsonNode> heard = new ArrayList<>();

    Line(RawSocket socket) {
        this.socket = socket;
    }

    void says(String text) {
        tells("Event", "MSG", "message", text);
    }

    /// A frame of names and values in turn.
    void tells(Object... members) {
        Map<String, Object> frame = new LinkedHashMap<>();
        for (int i = 0; i < members.length; i += 2) {
            frame.put((String) members[i], members[i + 1]);
        }
        socket.say(json(frame));
    }

    void saysRaw(String text) {
        socket.say(text);
    }

    /// The next frame, whatever it is.
    JsonNode next() {
        try {
            RawSocket.Frame frame = socket.next();
            while (frame.opcode() == RawSocket.PING) {
                socket.frame(RawSocket.FIN | RawSocket.PONG, frame.payload());
                frame = socket.next();
            }
            if (frame.opcode() != RawSocket.TEXT) {
                throw new AssertionError("closed with " + frame.closeCode() + " after " + heard);
            }
            JsonNode said = JSON.tree(frame.payload());
            heard.add(said);
            return said;
        } catch (IOException cut) {
            throw new UncheckedIOException("heard " + heard, cut);
        }
    }

    /// The next frame of this event; others are passed over.
    JsonNode hears(String event) {
        JsonNode frame = next();
        while (!frame.path("Event").asString().equals(event)) {
            frame = next();
        }
        return frame;
    }

    /// The next frame of this event about somebody else's or one's own name.
    JsonNode hears(String event, String user) {
        JsonNode frame = hears(event);
        while (!frame.path("User").asString().equals(user)) {
            frame = hears(event);
        }
        return frame;
    }

    /// The history that is told first, up to the word that one is there oneself.
    List<JsonNode> history() {
        List<JsonNode> log = new ArrayList<>();
        JsonNode frame = next();
        while (frame.path("Event").asString().equals("CHATLOG")) {
            log.add(frame);
            frame = next();
        }
        return log;
    }

    /// In the room: the history is told, and that one is there.
    Line settled() {
        history();
        return this;
    }

    List<String> events() {
        return heard.stream().map(frame -> frame.path("Event").asString()).toList();
    }

    int closeCode() {
        return socket.closeCode();
    }

    RawSocket raw() {
        return socket;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            throw new UncheckedIOException(alreadyGone);
        }
    }
}
