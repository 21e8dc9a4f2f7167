package madang.kit.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.eclipse.jetty.alpn.server.ALPNServerConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.component.LifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Closes connections whose next request does not finish its header in time (slowloris). The idle
/// timeout cannot: one byte now and then is enough to please it. One sweep looks after all
/// connections, because a timer each would cost more than most requests.
final class SlowHeaders implements Connection.Listener, LifeCycle.Listener {
    private static final Logger log = LoggerFactory.getLogger(SlowHeaders.class);
    private static final Duration SWEEP = Duration.ofSeconds(1);

    /// A connection as a sweep found it: which request it is at, how many bytes had come, and since
    /// when the header of that request is under way (0: it has not begun).
    private record Seen(long requests, long bytes, long sinceNanos) {}

    private final Map<Connection, Seen> connections = new ConcurrentHashMap<>();
    private final long patienceNanos;
    private final LongSupplier nanoTime;

    SlowHeaders(Duration patience, LongSupplier nanoTime) {
        this.patienceNanos = patience.toNanos();
        this.nanoTime = nanoTime;
    }

    /// A connection that has just been opened owes a request; a TLS handshake counts.
    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof HttpConnection || connection instanceof ALPNServerConnection) {
            connections.put(connection, new Seen(0, 0, nanoTime.getAsLong()));
        }
    }

    @Override
    public void onClosed(Connection connection) {
        connections.remove(connection);
    }

    @Override
    public void lifeCycleStarted(LifeCycle component) {
        if (component instanceof Server server) {
            Thread.ofVirtual().name("slow-headers").start(() -> sweepWhile(server));
        }
    }

    /// Looks after every connection once.
    void sweep() {
        long now = nanoTime.getAsLong();
        connections.replaceAll((connection, seen) -> look(connection, seen, now));
        connections.forEach((connection, seen) -> {
            if (seen.sinceNanos() != 0 && now - seen.sinceNanos() > patienceNanos) {
                log.info("closed {}: its header never ended", connection.getEndPoint());
                connection.getEndPoint().close();
            }
        });
    }

    private static Seen look(Connection connection, Seen before, long now) {
        long requests = connection.getMessagesIn();
        long bytes = connection.getBytesIn();
        boolean isAnswering = requests > connection.getMessagesOut();
        if (isAnswering || requests > before.requests()) {
            return new Seen(requests, bytes, 0);
        }
        boolean hasBegun = before.sinceNanos() != 0;
        return hasBegun || bytes == before.bytes() ? before : new Seen(requests, bytes, now);
    }

    private void sweepWhile(Server server) {
        try {
            while (!server.isStopping() && !server.isStopped()) {
                Thread.sleep(SWEEP);
                sweep();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
