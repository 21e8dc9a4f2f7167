package madang.kit.http;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A door of the house. When the process may open no more files new connections wait in the
/// kernel's queue, and it says so once, not once a second; it says so too when that is over.
final class Door extends ServerConnector {
    private static final Logger log = LoggerFactory.getLogger(Door.class);
    private static final int MAX_WAITING = 4096;
    private static final long PAUSE_MILLIS = 1_000;

    /// An accept or two may succeed in between; it is over when this many have.
    private static final int ENOUGH = 64;

    /// What a door is for: what is answered may depend on it.
    enum Kind {
        MAIN,
        /// Plain HTTP beside TLS: sends readers on, and nothing else.
        REDIRECT,
        /// For operators, who need no token here.
        MANAGEMENT,
        /// For the house itself, on this machine.
        INNER
    }

    /// How many more accepts it takes until all is well; 0 when it is.
    private final AtomicInteger missing = new AtomicInteger();

    Door(Server server, Kind kind, String host, int port, ConnectionFactory... protocols) {
        this(server, kind.name(), host, port, protocols);
    }

    /// The own door of a dialect, of which it may have several.
    static Door of(
            Face dialect, Server server, String host, int port, ConnectionFactory... protocols) {
        return new Door(server, dialect.name() + " at " + host + ":" + port, host, port, protocols);
    }

    private Door(
            Server server, String name, String host, int port, ConnectionFactory... protocols) {
        super(server, protocols);
        setName(name);
        setHost(host);
        setPort(port);
        setAcceptQueueSize(MAX_WAITING);
    }

    static boolean isManagement(Request request) {
        return is(Kind.MANAGEMENT, request);
    }

    static boolean isRedirect(Request request) {
        return is(Kind.REDIRECT, request);
    }

    static boolean isInner(Request request) {
        return is(Kind.INNER, request);
    }

    private static boolean is(Kind kind, Request request) {
        return kind.name().equals(nameOf(request));
    }

    static String nameOf(Request request) {
        return request.getConnectionMetaData().getConnector().getName();
    }

    @Override
    public void accept(int acceptor) throws IOException {
        super.accept(acceptor);
        if (missing.get() > 0 && missing.decrementAndGet() == 0) {
            log.info("new connections are accepted again");
        }
    }

    @Override
    protected boolean handleAcceptFailure(Throwable refused) {
        if (!isRunning()
                || refused instanceof ClosedChannelException
                || !(refused instanceof IOException)) {
            return super.handleAcceptFailure(refused);
        }
        if (missing.getAndSet(ENOUGH) == 0) {
            log.error(
                    "new connections wait: {}. Raise the limit of open files (ulimit -n)",
                    refused.getMessage());
        }
        try {
            Thread.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException stopping) {
            return false;
        }
    }
}
