package madang.live;

import java.time.Duration;
import java.util.List;
import madang.kit.Caller;
import madang.kit.Ids;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.core.server.WebSocketMappings;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;

/// Turns a request into a socket (RFC 6455 §4.2, over HTTP/2 RFC 8441). Who asks, and from where,
/// the web layer has already decided.
///
/// Jetty borrows both buffers from its pool only while it reads or writes, so their sizes cost an
/// idle socket nothing.
public final class SocketUpgrade {
    private static final int INPUT_BUFFER_BYTES = 4 * 1024;
    private static final long NO_LIMIT = 0;

    private final LiveHub hub;
    private final Ids ids;
    private final WebSocketMappings mappings;

    /// To be made before the server starts: it lends its buffers and threads.
    public SocketUpgrade(Server server, LiveHub hub, Ids ids) {
        this.hub = hub;
        this.ids = ids;
        mappings =
                new WebSocketMappings(WebSocketServerComponents.ensureWebSocketComponents(server));
    }

    /// Answers 101 and lets the caller in. False when the request is no WebSocket handshake: then
    /// nothing was answered. Throws Jetty's `HttpException` (400) for a broken one.
    public boolean upgrade(
            Request request,
            Response response,
            Callback callback,
            Caller.Member caller,
            SocketProtocol protocol) {
        return mappings.upgrade(
                (_, answer, _) -> wire(answer, caller, protocol),
                request,
                response,
                callback,
                SocketUpgrade::configure);
    }

    /// Never compresses: a compressor takes hundreds of kilobytes a socket, and secrets beside text
    /// that others choose leak through sizes.
    private FrameHandler wire(
            ServerUpgradeResponse answer, Caller.Member caller, SocketProtocol protocol) {
        answer.setExtensions(List.of());
        return new Wire(link -> new LiveSocket(ids.next(), caller, protocol, hub, link));
    }

    /// Silence is the hub's matter, and so is size: a bound on frames would make Jetty cut our
    /// large answers into fragments, while `Wire` bounds messages as their parts come in.
    private static void configure(Configuration session) {
        session.setIdleTimeout(Duration.ZERO);
        session.setInputBufferSize(INPUT_BUFFER_BYTES);
        session.setOutputBufferSize(OutQueue.BATCH_BYTES);
        session.setMaxFrameSize(NO_LIMIT);
        session.setAutoFragment(true);
    }
}
