package madang.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;

/// One connection to the server. It owns no buffer while nothing is under way, so thousands of them
/// cost the driver next to nothing.
abstract class Peer {
    private static final byte[] NOTHING = {};

    private final SocketChannel channel;
    private final SelectionKey key;
    private final ArrayDeque<ByteBuffer> unsent = new ArrayDeque<>(0);
    private byte[] begun = NOTHING;

    Peer(Loop loop, InetSocketAddress address) {
        try {
            channel = SocketChannel.open(address);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            key = loop.watch(channel, this);
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot connect to " + address, refused);
        }
    }

    /// Takes whole units off the front of `in` and leaves a unit that has only begun.
    abstract void take(ByteBuffer in);

    /// The server closed its side.
    abstract void ended();

    final void send(byte[] bytes) {
        unsent.add(ByteBuffer.wrap(bytes));
        if (unsent.size() == 1) {
            write();
        }
    }

    final boolean hasEnded() {
        return !channel.isOpen();
    }

    final void close() {
        try {
            channel.close();
        } catch (IOException tooLate) {
            throw new UncheckedIOException(tooLate);
        }
    }

    final void ready(ByteBuffer input) {
        if (key.isWritable()) {
            write();
        }
        if (key.isValid() && key.isReadable()) {
            read(input);
        }
    }

    private void read(ByteBuffer input) {
        input.clear().put(begun);
        if (receive(input) < 0) {
            close();
            ended();
            return;
        }
        input.flip();
        take(input);
        if (input.remaining() == input.capacity()) {
            throw new IllegalStateException("an answer larger than " + input.capacity() + " bytes");
        }
        begun = rest(input);
    }

    private int receive(ByteBuffer input) {
        try {
            return channel.read(input);
        } catch (IOException reset) {
            return -1;
        }
    }

    private static byte[] rest(ByteBuffer input) {
        if (!input.hasRemaining()) {
            return NOTHING;
        }
        byte[] rest = new byte[input.remaining()];
        input.get(rest);
        return rest;
    }

    private void write() {
        try {
            while (!unsent.isEmpty()) {
                channel.write(unsent.peek());
                if (unsent.peek().hasRemaining()) {
                    key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                    return;
                }
                unsent.remove();
            }
            key.interestOps(SelectionKey.OP_READ);
        } catch (IOException reset) {
            unsent.clear();
            close();
            ended();
        }
    }
}
