package madang.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import madang.kit.json.Json;
import tools.jackson.databind.JsonNode;

/// Somebody whom no socket reaches: hears an event stream, and says what he has to say by POST.
public final class EventTalker implements AutoCloseable {
    private static final Json JSON = new Json();
    private static final int PATIENCE_SECONDS = 20;

    /// One event of the stream: a comment has neither name nor data.
    public record Event(String name, String data) {}

    private final Person person;
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpResponse<InputStream> response;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Queue<JsonNode> unheard = new ArrayDeque<>();
    private final String stream;
    private long asked;

    private EventTalker(Person person, HttpRequest request) {
        this.person = person;
        try {
            response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
        Thread.startVirtualThread(this::listen);
        Event open = next();
        if (!open.name().equals("open")) {
            throw new AssertionError("the stream begins with " + open);
        }
        stream = json(open.data()).get("stream").stringValue();
    }

    public static EventTalker connect(Person person) {
        return new EventTalker(
                person,
                HttpRequest.newBuilder(URI.create(person.house().url() + "/api/v1/chat/sse"))
                        .version(HttpClient.Version.HTTP_1_1)
                        .header("Authorization", "Bearer " + person.accessToken())
                        .build());
    }

    public String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /// Where this stream takes what is said.
    public String path() {
        return "/api/v1/chat/sse/" + stream;
    }

    public Answer posts(String frame) {
        return person.http().post(path(), frame);
    }

    /// Calls a method, as `Talker.calls` does; the answer comes on the stream.
    public JsonNode calls(String method, Object... params) {
        Map<String, Object> named = new LinkedHashMap<>();
        for (int i = 0; i < params.length; i += 2) {
            named.put((String) params[i], params[i + 1]);
        }
        long id = ++asked;
        Answer taken = posts(Town.json(Map.of("id", id, "method", method, "params", named)));
        if (taken.status() != 202) {
            throw new AssertionError(taken.status() + " " + taken.text());
        }
        while (true) {
            JsonNode frame = json(nextFrame().data());
            if (frame.path("id").asLong() == id) {
                return frame;
            }
            unheard.add(frame);
        }
    }

    /// The params of the next push of this method.
    public JsonNode hears(String method) {
        while (true) {
            JsonNode frame = unheard.isEmpty() ? json(nextFrame().data()) : unheard.remove();
            if (frame.path("method").asString().equals(method)) {
                return frame.get("params");
            }
        }
    }

    /// What was said before he came may still be on its way, so it is passed over.
    public JsonNode hearsText(String text) {
        JsonNode message = hears("chat.message");
        while (!message.path("text").asString().equals(text)) {
            message = hears("chat.message");
        }
        return message;
    }

    /// The next event, a heartbeat too.
    public Event next() {
        try {
            Event event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("the stream is silent");
            }
            return event;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /// With which code the stream ended; nothing comes after it.
    public int closeCode() {
        Event event = next();
        while (!event.name().equals("close")) {
            event = next();
        }
        return json(event.data()).get("code").asInt();
    }

    /// Lets go of the connection without a word.
    @Override
    public void close() {
        client.shutdownNow();
    }

    private Event nextFrame() {
        Event event = next();
        while (event.data().isEmpty()) {
            event = next();
        }
        return event;
    }

    private void listen() {
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            String name = "";
            String data = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    events.add(new Event(name, data));
                    name = "";
                    data = "";
                } else if (line.startsWith("event: ")) {
                    name = line.substring("event: ".length());
                } else if (line.startsWith("data: ")) {
                    data = line.substring("data: ".length());
                }
            }
            events.add(new Event("end", ""));
        } catch (IOException cut) {
            events.add(new Event("cut", ""));
        }
    }

    private static JsonNode json(String text) {
        return JSON.tree(text.getBytes(StandardCharsets.UTF_8));
    }
}
