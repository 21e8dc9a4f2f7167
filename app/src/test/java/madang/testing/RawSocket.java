package madang.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;

/// A WebSocket client that can say anything, also what no proper client would: broken frames, half
/// messages, silence. It answers nothing by itself. Waiting has one limit, far beyond any answer.
public final class RawSocket implements AutoCloseable {
    public static final int TEXT = 0x1;
    public static final int CONTINUATION = 0x0;
    public static final int BINARY = 0x2;
    public static final int CLOSE = 0x8;
    public static final int PING = 0x9;
    public static final int PONG = 0xA;
    public static final int FIN = 0x80;

    /// What the close code is when the connection ended without one (RFC 6455 §7.1.5).
    public static final int NO_CLOSE_FRAME = 1006;

    private static final int PATIENCE_MILLIS = 20_000;
    private static final byte[] MASK = {0x11, 0x22, 0x33, 0x44};

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    /// A frame that came.
    public static final class Frame {
        private final int firstByte;
        private final byte[] payload;

        private Frame(int firstByte, byte[] payload) {
            this.firstByte = firstByte;
            this.payload = payload;
        }

        public int opcode() {
            return firstByte & 0x0F;
        }

        public boolean isFin() {
            return (firstByte & FIN) != 0;
        }

        public byte[] payload() {
            return payload;
        }

        public String text() {
            return new String(payload, UTF_8);
        }

        public int closeCode() {
            return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xFFFF;
        }
    }

    private RawSocket(Socket socket) throws IOException {
        this.socket = socket;
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out = socket.getOutputStream();
    }

    /// Opens a socket, with more header lines if any; whatever is not answered by 101 is a failure.
    public static RawSocket open(int port, String target, String... headers) {
        return open(port, target, 0, headers);
    }

    /// A reader with a small window: the kernel takes few bytes on its behalf.
    public static RawSocket openNarrow(int port, String target, String... headers) {
        return open(port, target, 2_048, headers);
    }

    private static RawSocket open(int port, String target, int receiveBytes, String... headers) {
        try {
            RawSocket client = connect(port, receiveBytes);
            String status = client.handshake(target, headers);
            if (!status.startsWith("HTTP/1.1 101")) {
                throw new IllegalStateException(status);
            }
            return client;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The whole head that answers a handshake.
    public static String answer(int port, String target, String... headers) {
        try (RawSocket client = connect(port, 0)) {
            return client.handshake(target, headers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RawSocket connect(int port, int receiveBytes) throws IOException {
        Socket socket = new Socket();
        if (receiveBytes > 0) {
            socket.setReceiveBufferSize(receiveBytes);
        }
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return new RawSocket(socket);
    }

    private String handshake(String target, String... headers) throws IOException {
        StringBuilder request = new StringBuilder("GET " + target + " HTTP/1.1\r\n");
        request.append("Host: localhost:").append(socket.getPort()).append("\r\n");
        request.append(
                "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n");
        request.append("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        raw(request.append("\r\n").toString().getBytes(ISO_8859_1));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    public RawSocket say(String text) {
        return frame(FIN | TEXT, text.getBytes(UTF_8));
    }

    /// A masked frame; the first byte holds FIN, the reserved bits and the opcode.
    public RawSocket frame(int firstByte, byte... payload) {
        return raw(encoded(firstByte, true, payload));
    }

    public RawSocket raw(byte... bytes) {
        try {
            out.write(bytes);
            out.flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] encoded(int firstByte, boolean isMasked, byte... payload) {
        ByteBuffer frame = ByteBuffer.allocate(14 + payload.length);
        int maskBit = isMasked ? 0x80 : 0;
        frame.put((byte) firstByte);
        if (payload.length < 126) {
            frame.put((byte) (maskBit | payload.length));
        } else if (payload.length <= 0xFFFF) {
            frame.put((byte) (maskBit | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (maskBit | 127)).putLong(payload.length);
        }
        if (isMasked) {
            frame.put(MASK);
        }
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (isMasked ? payload[i] ^ MASK[i % 4] : payload[i]));
        }
        byte[] whole = new byte[frame.position()];
        frame.flip().get(whole);
        return whole;
    }

    /// The next frame, whatever it is.
    public Frame next() throws IOException {
        int firstByte = in.readUnsignedByte();
        int length = in.readUnsignedByte();
        if (length >= 0x80) {
            throw new IOException("a server must not mask");
        }
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(in.readLong());
        }
        byte[] payload = new byte[length];
        in.readFully(payload);
        return new Frame(firstByte, payload);
    }

    /// The next text; pings before it are answered.
    public String hears() {
        try {
            while (true) {
                Frame frame = next();
                switch (frame.opcode()) {
                    case TEXT -> {
                        return frame.text();
                    }
                    case PING -> frame(FIN | PONG, frame.payload());
                    case CLOSE -> throw new IllegalStateException("closed " + frame.closeCode());
                    default -> {}
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether nothing comes for that long.
    public boolean hearsNothingFor(int millis) {
        try {
            socket.setSoTimeout(millis);
            in.mark(1);
            in.readUnsignedByte();
            in.reset();
            return false;
        } catch (SocketTimeoutException silence) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            patience();
        }
    }

    /// Reads on until the connection says goodbye or ends.
    public int closeCode() {
        try {
            Frame frame = next();
            while (frame.opcode() != CLOSE) {
                frame = next();
            }
            return frame.closeCode();
        } catch (EOFException | SocketException gone) {
            return NO_CLOSE_FRAME;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether the server has ended the TCP connection as well.
    public boolean isHungUp() {
        try {
            return in.read() < 0;
        } catch (SocketException reset) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void saysGoodbye(int code) {
        frame(FIN | CLOSE, (byte) (code >> 8), (byte) code);
    }

    /// FIN without a word.
    public void hangsUp() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// RST.
    public void vanishes() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void patience() {
        try {
            socket.setSoTimeout(PATIENCE_MILLIS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
