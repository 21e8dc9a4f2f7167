package madang.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/// A port of 127.0.0.1 for PostgreSQL. From below those that the kernel gives to outgoing
/// connections: while PostgreSQL restarts, none of them can take its port by chance, not even our
/// own pool's by connecting to itself.
final class Port {
    private static final int FIRST = 20_000;
    private static final int LAST = 29_999;

    private Port() {}

    static int free() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
            try (ServerSocket probe =
                    new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
                return probe.getLocalPort();
            } catch (IOException taken) {
                // the next one
            }
        }
    }
}
