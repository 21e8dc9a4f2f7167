package madang.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import madang.kit.json.Json;
import tools.jackson.databind.JsonNode;

/// A chat socket that listens all the time: answers find their calls, pushes wait to be heard.
/// Every wait has one limit, far beyond any answer.
public final class Talker implements AutoCloseable {
    private static final Json JSON = new Json();
    private static final int PATIENCE_SECONDS = 20;
    private static final Set<String> ANY_TIME =
            Set.of("chat.presence", "chat.room", "events.changed");

    private final RawSocket socket;
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, CompletableFuture<JsonNode>> calls = new ConcurrentHashMap<>();
    private final BlockingQueue<JsonNode> unheard = new LinkedBlockingQueue<>();
    private final List<JsonNode> pushes = new ArrayList<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();

    private Talker(RawSocket socket) {
        this.socket = socket;
        Thread.startVirtualThread(this::listen);
    }

    public static Talker connect(int port, String accessToken) {
        return new Talker(
                RawSocket.open(port, "/api/v1/chat/ws", "Authorization: Bearer " + accessToken));
    }

    public static Talker withTicket(int port, String ticket) {
        return new Talker(RawSocket.open(port, "/api/v1/chat/ws?ticket=" + ticket));
    }

    /// A socket about one event.
    public static Talker about(String event, int port, String accessToken) {
        return new Talker(
                RawSocket.open(
                        port,
                        "/api/v1/ws?event_id=" + event,
                        "Authorization: Bearer " + accessToken));
    }

    /// Calls a method and gives the whole answer, `result` or `error`. `params` are names and
    /// values in turn; a null value is left out.
    public JsonNode calls(String method, Object... params) {
        return awaited(callsLater(method, params));
    }

    public CompletableFuture<JsonNode> callsLater(String method, Object... params) {
        Map<String, Object> named = new LinkedHashMap<>();
        for (int i = 0; i < params.length; i += 2) {
            if (params[i + 1] != null) {
                named.put((String) params[i], params[i + 1]);
            }
        }
        long id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        calls.put(id, answer);
        if (closed.isDone()) {
            answer.completeExceptionally(gone());
        }
        try {
            saysRaw(Town.json(Map.of("id", id, "method", method, "params", named)));
        } catch (UncheckedIOException cut) {
            answer.completeExceptionally(cut);
        }
        return answer;
    }

    public synchronized void saysRaw(String frame) {
        socket.say(frame);
    }

    public JsonNode opens(String room) {
        return result(calls("chat.open", "room", room));
    }

    public JsonNode opens(String room, long after) {
        return result(calls("chat.open", "room", room, "after", after));
    }

    public JsonNode says(String text, String room) {
        return says(text, room, "key " + ids.incrementAndGet() + " " + text);
    }

    public JsonNode says(String text, String room, String key) {
        return result(calls("chat.send", "room", room, "text", text, "client_key", key));
    }

    public JsonNode edits(JsonNode message, String text) {
        return result(
                calls(
                        "chat.edit",
                        "room",
                        message.get("room").stringValue(),
                        "message",
                        message.get("id").stringValue(),
                        "text",
                        text));
    }

    public JsonNode deletes(JsonNode message) {
        return result(
                calls(
                        "chat.delete",
                        "room",
                        message.get("room").stringValue(),
                        "message",
                        message.get("id").stringValue()));
    }

    public static JsonNode result(JsonNode answer) {
        if (!answer.has("result")) {
            throw new AssertionError("refused: " + answer);
        }
        return answer.get("result");
    }

    public static String code(JsonNode answer) {
        return answer.path("error").path("code").asString();
    }

    /// The params of the next push of this method; what came before it is passed over.
    public JsonNode hears(String method) {
        try {
            long begin = System.nanoTime();
            while (System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
                JsonNode push = unheard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (push != null && push.get("method").stringValue().equals(method)) {
                    return push.get("params");
                }
            }
            throw new AssertionError("no " + method + " was heard, only " + pushes());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /// The message with this text, as it was pushed.
    public JsonNode hearsText(String text) {
        JsonNode message = hears("chat.message");
        while (!message.path("text").asString().equals(text)) {
            message = hears("chat.message");
        }
        return message;
    }

    /// Whether nothing of what happens in rooms waits to be heard once the house has answered one
    /// more call. Who is there, and what is new to oneself, may be told at any time.
    public boolean hearsNothing() {
        calls("chat.close", "room", "no room");
        return unheard.stream()
                .map(push -> push.get("method").stringValue())
                .allMatch(ANY_TIME::contains);
    }

    /// Everything pushed so far.
    public List<JsonNode> pushes() {
        synchronized (pushes) {
            return List.copyOf(pushes);
        }
    }

    /// What was pushed since this was asked last, for who listens so long that he must forget what
    /// he has taken in.
    public List<JsonNode> takes() {
        synchronized (pushes) {
            List<JsonNode> taken = List.copyOf(pushes);
            pushes.clear();
            unheard.clear();
            return taken;
        }
    }

    public boolean isOver() {
        return closed.isDone();
    }

    /// With which code the connection ended.
    public int closeCode() {
        return awaited(closed);
    }

    public RawSocket raw() {
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

    private void listen() {
        int code = RawSocket.NO_CLOSE_FRAME;
        try {
            while (true) {
                RawSocket.Frame frame = next();
                switch (frame.opcode()) {
                    case RawSocket.TEXT -> heard(JSON.tree(frame.payload()));
                    case RawSocket.PING ->
                            socket.frame(RawSocket.FIN | RawSocket.PONG, frame.payload());
                    case RawSocket.CLOSE -> {
                        code = frame.closeCode();
                        socket.saysGoodbye(code);
                        return;
                    }
                    default -> {}
                }
            }
        } catch (IOException | UncheckedIOException over) {
            // The code tells.
        } finally {
            closed.complete(code);
            calls.values().forEach(call -> call.completeExceptionally(gone()));
        }
    }

    private RawSocket.Frame next() throws IOException {
        while (true) {
            try {
                return socket.next();
            } catch (SocketTimeoutException silence) {
                // Nobody says anything just now.
            }
        }
    }

    private void heard(JsonNode frame) {
        if (frame.has("method")) {
            synchronized (pushes) {
                pushes.add(frame);
                unheard.add(frame);
            }
            return;
        }
        CompletableFuture<JsonNode> call =
                frame.path("id").isNumber() ? calls.remove(frame.get("id").asLong()) : null;
        if (call != null) {
            call.complete(frame);
        }
    }

    private static IllegalStateException gone() {
        return new IllegalStateException("the socket is over");
    }

    private static <T> T awaited(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            throw new AssertionError(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
