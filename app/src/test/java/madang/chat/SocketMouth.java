package madang.chat;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import madang.testing.Talker;
import tools.jackson.databind.JsonNode;

/// One socket to any node, and where that breaks, the next one.
final class SocketMouth implements Mouth {
    private final IntSupplier anyPort;
    private final String token;
    private final Consumer<String> wrongAnswers;
    private Talker talker;

    SocketMouth(IntSupplier anyPort, String token, Consumer<String> wrongAnswers) {
        this.anyPort = anyPort;
        this.token = token;
        this.wrongAnswers = wrongAnswers;
    }

    @Override
    public JsonNode says(String room, String text, String key) {
        return asks("chat.send", "room", room, "text", text, "client_key", key);
    }

    @Override
    public JsonNode does(Deed deed, String room, String message, String text) {
        return switch (deed) {
            case EDIT -> onMessage("chat.edit", room, message, "text", Deed.edited(text));
            case REACT -> onMessage("chat.react", room, message, "emoji", THUMB, "on", true);
            case DELETE -> onMessage("chat.delete", room, message);
        };
    }

    private JsonNode onMessage(String method, String room, String message, Object... more) {
        Object[] params = new Object[4 + more.length];
        System.arraycopy(new Object[] {"room", room, "message", message}, 0, params, 0, 4);
        System.arraycopy(more, 0, params, 4, more.length);
        return asks(method, params);
    }

    private JsonNode asks(String method, Object... params) {
        try {
            if (talker == null) {
                talker = Talker.connect(anyPort.getAsInt(), token);
            }
            JsonNode answer = talker.callsLater(method, params).get(10, TimeUnit.SECONDS);
            if (!answer.has("result") && !Talker.code(answer).equals("SERVICE_UNAVAILABLE")) {
                wrongAnswers.accept(method + ": " + answer);
            }
            return answer.get("result");
        } catch (Exception cut) {
            close();
            return null;
        }
    }

    @Override
    public void close() {
        if (talker != null) {
            talker.close();
            talker = null;
        }
    }
}
