package madang.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.server.WebSocketUpgradeHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Against Jetty, which knows RFC 6455 better than we do.
class SocketPeerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<String> heard = new ArrayList<>();
    private Server server;
    private Loop loop;
    private SocketPeer socket;

    @BeforeEach
    void open() throws Exception {
        server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        var upgrade = new WebSocketUpgradeHandler();
        upgrade.addMapping("/ws", (_, _, _) -> new Obliging());
        server.setHandler(upgrade);
        server.start();
        loop = new Loop();
        socket =
                new SocketPeer(
                        loop,
                        new InetSocketAddress(
                                InetAddress.getLoopbackAddress(), server.getURI().getPort()),
                        "/ws",
                        "mina");
        socket.onPush(frame -> heard.add(frame.toString()));
        loop.turnUntil("the handshake", socket::isOpen, PATIENCE);
    }

    @AfterEach
    void close() throws Exception {
        loop.close();
        server.stop();
    }

    @Test
    void an_answer_finds_who_asked() {
        socket.ask("say", "{\"n\":1}", answer -> heard.add("first " + answer.error()));
        socket.ask("refuse", "{}", answer -> heard.add("second " + answer.error()));
        await(2);
        assertThat(heard)
                .containsExactly("first null", "second {\"id\":2,\"error\":{\"code\":\"NO\"}}");
    }

    @Test
    void pushes_of_any_size_arrive_whole_and_in_order() {
        List<Integer> sizes = List.of(10, 125, 126, 300, 65_500, 65_520);
        sizes.forEach(size -> socket.tell("push", "\"" + size + "\""));
        await(sizes.size());
        assertThat(heard).isEqualTo(sizes.stream().map(Obliging::push).toList());
    }

    @Test
    void a_ping_is_answered_with_its_own_words() {
        socket.tell("ping", "{}");
        await(1);
        assertThat(heard).containsExactly("{\"method\":\"pong\",\"params\":\"how are you\"}");
    }

    @Test
    void a_close_ends_the_run_and_names_its_code() {
        socket.tell("close", "{}");
        assertThatThrownBy(() -> await(1)).hasMessageContaining("1013");
    }

    private void await(int frames) {
        loop.turnUntil("frames", () -> heard.size() == frames, PATIENCE);
    }

    /// Does what it is told.
    private static final class Obliging implements FrameHandler {
        private CoreSession session;

        static String push(int size) {
            return "{\"method\":\"" + "x".repeat(size) + "\"}";
        }

        @Override
        public void onOpen(CoreSession opened, Callback callback) {
            session = opened;
            callback.succeeded();
            session.demand();
        }

        @Override
        public void onFrame(Frame frame, Callback callback) {
            String said = frame.getPayloadAsUTF8();
            callback.succeeded();
            switch (frame.getOpCode()) {
                case OpCode.TEXT -> obey(said);
                case OpCode.PONG -> text("{\"method\":\"pong\",\"params\":\"" + said + "\"}");
                default -> {}
            }
            session.demand();
        }

        private void obey(String said) {
            if (said.contains("\"say\"")) {
                text("{\"id\":1,\"result\":{}}");
            } else if (said.contains("\"refuse\"")) {
                text("{\"id\":2,\"error\":{\"code\":\"NO\"}}");
            } else if (said.contains("\"push\"")) {
                text(push(Integer.parseInt(said.replaceAll("\\D+", ""))));
            } else if (said.contains("\"ping\"")) {
                send(new Frame(OpCode.PING, BufferUtil.toBuffer("how are you")));
            } else {
                session.close(CloseStatus.TRY_AGAIN_LATER, "enough", Callback.NOOP);
            }
        }

        private void text(String text) {
            send(new Frame(OpCode.TEXT, ByteBuffer.wrap(text.getBytes(UTF_8))));
        }

        private void send(Frame frame) {
            session.sendFrame(frame, Callback.NOOP, false);
        }

        @Override
        public void onError(Throwable cause, Callback callback) {
            callback.succeeded();
        }

        @Override
        public void onClosed(CloseStatus status, Callback callback) {
            callback.succeeded();
        }
    }
}
