package madang.kit.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/// Says any bytes to an HTTP port, also what no proper client would say.
final class RawHttp {
    private static final int PATIENCE_MILLIS = 15_000;

    /// What comes back until the server hangs up. Says `Connection: close` by itself if it wants
    /// that.
    static String ask(int port, byte[] bytes) {
        try (Socket socket = open(port)) {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return rest(socket);
        } catch (SocketException reset) {
            return "";
        } catch (IOException cut) {
            throw new UncheckedIOException(cut);
        }
    }

    static Socket open(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    static String rest(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        byte[] part = new byte[8192];
        try {
            for (int count = in.read(part); count >= 0; count = in.read(part)) {
                whole.write(part, 0, count);
            }
        } catch (SocketTimeoutException silent) {
            whole.writeBytes("(still open)".getBytes(StandardCharsets.US_ASCII));
        } catch (SocketException reset) {
            // what came before it counts
        }
        return whole.toString(StandardCharsets.UTF_8);
    }

    private RawHttp() {}
}
