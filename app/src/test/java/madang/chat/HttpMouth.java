package madang.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import madang.kit.json.Json;
import madang.testing.Form;
import tools.jackson.databind.JsonNode;

/// One request after the other, each to any node.
final class HttpMouth implements Mouth.WithHands {
    private static final Json JSON = new Json();
    private static final String PLAIN = "application/json";

    private final IntSupplier anyPort;
    private final String token;
    private final Consumer<String> wrongAnswers;

    HttpMouth(IntSupplier anyPort, String token, Consumer<String> wrongAnswers) {
        this.anyPort = anyPort;
        this.token = token;
        this.wrongAnswers = wrongAnswers;
    }

    @Override
    public JsonNode says(String room, String text, String key) throws IOException {
        byte[] body = Speakers.json("text", text, "client_key", key);
        return asks("POST", room + "/messages", PLAIN, body);
    }

    @Override
    public JsonNode shows(String room, String text, String key) throws IOException {
        Form form =
                Form.of("notes.txt", text.getBytes(UTF_8))
                        .field("text", text)
                        .field("client_key", key);
        return asks("POST", room + "/files", Form.CONTENT_TYPE, form.bytes());
    }

    @Override
    public JsonNode does(Deed deed, String room, String message, String text) throws IOException {
        String path = room + "/messages/" + message;
        String reaction = path + "/reactions/" + URLEncoder.encode(THUMB, UTF_8);
        return switch (deed) {
            case EDIT -> asks("PATCH", path, PLAIN, Speakers.json("text", Deed.edited(text)));
            case REACT -> asks("PUT", reaction, PLAIN, new byte[0]);
            case DELETE -> asks("DELETE", path, PLAIN, new byte[0]);
        };
    }

    private JsonNode asks(String method, String path, String contentType, byte[] body)
            throws IOException {
        HttpRequest request =
                Speakers.request(anyPort.getAsInt(), "/api/v1/chat/rooms/" + path, token)
                        .header("Content-Type", contentType)
                        .method(
                                method,
                                body.length == 0
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofByteArray(body))
                        .build();
        HttpResponse<byte[]> answer = Speakers.sent(request);
        if (answer.statusCode() / 100 == 2) {
            return JSON.tree(answer.body()).get("data");
        }
        if (answer.statusCode() != 503) {
            String said = new String(answer.body(), UTF_8);
            wrongAnswers.accept(method + " " + path + ": " + answer.statusCode() + " " + said);
        }
        return null;
    }
}
