package madang.files;

import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;

/// The bytes of a file as memory that is not the heap's, for as long as this is open.
record Mapped(Arena arena, ByteBuffer bytes) implements AutoCloseable {
    static Mapped of(Path file) throws IOException {
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(file, READ)) {
            return new Mapped(
                    arena, channel.map(MapMode.READ_ONLY, 0, channel.size(), arena).asByteBuffer());
        } catch (IOException | RuntimeException broken) {
            arena.close();
            throw broken;
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
