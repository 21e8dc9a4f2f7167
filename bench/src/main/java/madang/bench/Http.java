package madang.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Up to so many HTTP connections. What is asked while all of them are busy waits its turn; one
/// that the server has closed while it was idle is replaced when there is need of it.
final class Http implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private record Asked(byte[] request, HttpPeer.Answered then) {}

    private final Loop loop;
    private final InetSocketAddress address;
    private final int connections;
    private final Queue<HttpPeer> free = new ArrayDeque<>();
    private final Queue<Asked> waiting = new ArrayDeque<>();
    private int busy;

    Http(Loop loop, InetSocketAddress address, int connections) {
        this.loop = loop;
        this.address = address;
        this.connections = connections;
    }

    static byte[] get(String path, String token) {
        return request("GET", path, token, "");
    }

    static byte[] post(String path, @Nullable String token, String json) {
        return request("POST", path, token, json);
    }

    static byte[] put(String path, String token, String json) {
        return request("PUT", path, token, json);
    }

    private static byte[] request(String method, String path, @Nullable String token, String json) {
        var head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        if (token != null) {
            head.append("Authorization: Bearer ").append(token).append("\r\n");
        }
        if (!json.isEmpty()) {
            head.append("Content-Type: application/json\r\nContent-Length: ")
                    .append(json.getBytes(UTF_8).length)
                    .append("\r\n");
        }
        return head.append("\r\n").append(json).toString().getBytes(UTF_8);
    }

    void ask(byte[] request, HttpPeer.Answered then) {
        if (busy == connections) {
            waiting.add(new Asked(request, then));
        } else {
            busy++;
            ask(freeOrNew(), request, then);
        }
    }

    private void ask(HttpPeer peer, byte[] request, HttpPeer.Answered then) {
        peer.ask(
                request,
                (status, body) -> {
                    free.add(peer);
                    busy--;
                    then.answered(status, body);
                    goOn();
                });
    }

    private void goOn() {
        while (!waiting.isEmpty() && busy < connections) {
            Asked next = waiting.remove();
            ask(next.request, next.then);
        }
    }

    private HttpPeer freeOrNew() {
        free.removeIf(HttpPeer::hasEnded);
        @Nullable HttpPeer peer = free.poll();
        return peer == null ? new HttpPeer(loop, address) : peer;
    }

    /// Asks all of it and returns the bodies in the same order. Anything but success ends the run.
    List<String> all(List<byte[]> requests) {
        var bodies = new TreeMap<Integer, String>();
        for (int i = 0; i < requests.size(); i++) {
            int index = i;
            ask(requests.get(i), (status, body) -> bodies.put(index, successful(status, body)));
        }
        loop.turnUntil(
                requests.size() + " answers", () -> bodies.size() == requests.size(), PATIENCE);
        return List.copyOf(bodies.values());
    }

    /// Null for an answer of success; else what the server says instead.
    static @Nullable String wrong(int status, ByteBuffer body) {
        return status / 100 == 2 ? null : status + " " + UTF_8.decode(body);
    }

    private static String successful(int status, ByteBuffer body) {
        String text = UTF_8.decode(body).toString();
        if (status / 100 != 2) {
            throw new IllegalStateException("the server answered " + status + " " + text);
        }
        return text;
    }

    /// Ends the connections, none of which may be busy.
    @Override
    public void close() {
        free.forEach(Peer::close);
        free.clear();
    }
}
