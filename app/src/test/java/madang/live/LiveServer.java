package madang.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import madang.kit.Caller;
import madang.kit.Id;
import madang.kit.Ids;
import madang.kit.Language;
import madang.kit.Role;
import madang.kit.Session;
import madang.kit.Texts;
import madang.kit.User;
import madang.kit.json.Json;
import madang.testing.RawSocket;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/// A server with nothing but sockets, whose clock can be moved. Everybody who connects as `?mina`
/// is signed in as Mina; each name has one session.
final class LiveServer implements AutoCloseable {
    /// So little that our writes to a peer that does not read soon wait for it.
    private static final int SEND_BUFFER_BYTES = 16 * 1024;

    private final Ids ids = new Ids(InstantSource.system());
    private final Map<String, Caller.Member> people = new ConcurrentHashMap<>();
    private final AtomicLong movedNanos = new AtomicLong();
    private final Server server = new Server(new VirtualThreadPool());
    private final ServerConnector connector = new ServerConnector(server);
    final Set<Id<Session>> ended = ConcurrentHashMap.newKeySet();
    final BlockingQueue<LiveSocket> opened = new LinkedBlockingQueue<>();
    final BlockingQueue<LiveSocket> closed = new LinkedBlockingQueue<>();
    final LiveHub hub =
            new LiveHub(
                    member -> !ended.contains(member.session()),
                    () -> System.nanoTime() + movedNanos.get());
    final SocketMethods methods;

    record Say(String text) {}

    record Said(String text) {}

    record Topic(String topic) {}

    LiveServer() {
        this(1_000_000, 1_000_000);
    }

    LiveServer(double framesPerSecond, int frameBurst) {
        Json json = new Json();
        methods = new SocketMethods(json, new Texts("live"), framesPerSecond, frameBurst);
        methods.on("echo", Say.class, Said.class, (_, say) -> new Said(say.text()));
        methods.on("hear", Topic.class, (socket, hear) -> hub.hear(socket, hear.topic()));
        methods.on("unhear", Topic.class, (socket, hear) -> hub.unhear(socket, hear.topic()));
        methods.on(
                "shout",
                Say.class,
                (_, say) -> hub.tell("yard", Frame.push("shouted", json.write(say))));
        methods.on(
                "large", Say.class, Said.class, (_, say) -> new Said(say.text().repeat(100_000)));
        methods.on(
                "fail",
                Say.class,
                (_, _) -> {
                    throw new IllegalStateException("what people wrote");
                });
        methods.onClosed(closed::add);
        start(methods.greeting(opened::add));
    }

    private void start(SocketProtocol protocol) {
        var upgrade = new SocketUpgrade(server, hub, ids);
        server.setHandler(
                new Handler.Abstract() {
                    @Override
                    public boolean handle(Request request, Response response, Callback callback) {
                        String name = request.getHttpURI().getQuery();
                        return upgrade.upgrade(request, response, callback, person(name), protocol);
                    }
                });
        connector.setAcceptedSendBufferSize(SEND_BUFFER_BYTES);
        server.addConnector(connector);
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    Caller.Member person(String name) {
        return people.computeIfAbsent(
                name, _ -> new Caller.Member(ids.next(), ids.next(), Role.USER, Language.EN));
    }

    Id<User> user(String name) {
        return person(name).user();
    }

    int port() {
        return connector.getLocalPort();
    }

    RawSocket connect(String name, String... headers) {
        return RawSocket.open(port(), "/ws?" + name, headers);
    }

    /// Connects and waits until the server has let the socket in.
    Guest guest(String name) {
        return guest(connect(name));
    }

    Guest guest(RawSocket peer) {
        try {
            return new Guest(peer, opened.poll(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Both ends of one socket.
    record Guest(RawSocket peer, LiveSocket socket) {}

    void passes(Duration time) {
        movedNanos.addAndGet(time.toNanos());
        hub.beat();
    }

    /// Waits until it is so; the limit is far beyond what it takes.
    static void eventually(BooleanSupplier isSo) {
        long begin = System.nanoTime();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(20)) {
                throw new AssertionError("never happened");
            }
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    static Frame frame(int kilobytes) {
        return Frame.of("{\"x\":\"" + "x".repeat(kilobytes * 1024 - 8) + "\"}");
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    List<LiveSocket> closedNow() {
        return List.copyOf(closed);
    }

    @Override
    public void close() {
        hub.stop(Duration.ofSeconds(2));
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
