package madang.testing;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/// A line to a house on which one delivery of a message goes wrong, so that whoever checks what is
/// heard can be checked.
public final class CrookedLine implements AutoCloseable {
    /// What becomes of that delivery.
    public enum Fault {
        DROPPED,
        DOUBLED
    }

    private final ServerSocket door;
    private final int house;
    private final Fault fault;
    private final AtomicInteger until;

    private CrookedLine(ServerSocket door, int house, Fault fault, int which) {
        this.door = door;
        this.house = house;
        this.fault = fault;
        until = new AtomicInteger(which);
    }

    /// A way to the house at this port on which the `which`th message is dropped or doubled.
    public static CrookedLine to(int house, Fault fault, int which) {
        try {
            ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            CrookedLine line = new CrookedLine(door, house, fault, which);
            Thread.startVirtualThread(line::receive);
            return line;
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    public int port() {
        return door.getLocalPort();
    }

    private void receive() {
        try {
            while (true) {
                Socket caller = door.accept();
                Socket called = new Socket(InetAddress.getLoopbackAddress(), house);
                Thread.startVirtualThread(() -> carry(caller, called, this::straight));
                Thread.startVirtualThread(() -> carry(called, caller, this::crooked));
            }
        } catch (IOException closed) {
            // Nobody is let in any more.
        }
    }

    private interface Carrier {
        void carry(Socket from, Socket to) throws IOException;
    }

    private void carry(Socket from, Socket to, Carrier carrier) {
        try (from;
                to) {
            carrier.carry(from, to);
        } catch (IOException over) {
            // One end hung up, and so does the other.
        }
    }

    private void straight(Socket from, Socket to) throws IOException {
        from.getInputStream().transferTo(to.getOutputStream());
    }

    /// After the head of the answer come frames, unmasked as servers send them.
    private void crooked(Socket from, Socket to) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(from.getInputStream()));
        OutputStream out = to.getOutputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.readUnsignedByte();
            head.append((char) next);
            out.write(next);
        }
        while (true) {
            int firstByte = in.readUnsignedByte();
            int length = in.readUnsignedByte();
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = Math.toIntExact(in.readLong());
            }
            byte[] payload = new byte[length];
            in.readFully(payload);
            byte[] frame = RawSocket.encoded(firstByte, false, payload);
            for (int i = times(payload); i > 0; i--) {
                out.write(frame);
            }
            out.flush();
        }
    }

    private int times(byte[] payload) {
        boolean isMessage =
                new String(payload, StandardCharsets.UTF_8).contains("\"method\":\"chat.message\"");
        if (!isMessage || until.decrementAndGet() != 0) {
            return 1;
        }
        return fault == Fault.DROPPED ? 0 : 2;
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException alreadyGone) {
            throw new UncheckedIOException(alreadyGone);
        }
    }
}
