package madang.files;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// What the container of a picture tells without anything being decoded: how large it is, which way
/// up (EXIF 1–8), whether it moves, and which of its bytes are the picture itself. The others tell
/// where and with what it was taken, or are smuggled in, and are left out; nothing is encoded anew.
record Anatomy(
        int width,
        int height,
        long pixels,
        Orientation orientation,
        boolean moves,
        List<Piece> kept) {

    /// A part of what is written in the place of the file.
    sealed interface Piece {
        /// Bytes of the file, as they are.
        record Kept(int from, int length) implements Piece {}

        record Written(byte[] bytes) implements Piece {}
    }

    /// The container is not what its first bytes say.
    static final class Broken extends RuntimeException {
        Broken(String how) {
            super(how, null, false, false);
        }
    }

    static Anatomy of(FileType type, ByteBuffer file) {
        try {
            return switch (type) {
                case JPEG -> new JpegFile(file).anatomy();
                case PNG -> new PngFile(file).anatomy();
                case GIF -> new GifFile(file).anatomy();
                case WEBP -> new WebpFile(file).anatomy();
                default -> throw new IllegalArgumentException(type + " is no picture");
            };
        } catch (IndexOutOfBoundsException cutOff) {
            throw new Broken("it ends too early");
        }
    }

    int seenWidth() {
        return orientation.isSideways() ? height : width;
    }

    int seenHeight() {
        return orientation.isSideways() ? width : height;
    }

    /// Gathers pieces; neighbours become one.
    static final class Pieces {
        private final List<Piece> pieces = new ArrayList<>();

        void keep(int from, int length) {
            if (!pieces.isEmpty()
                    && pieces.getLast() instanceof Piece.Kept last
                    && last.from() + last.length() == from) {
                pieces.set(pieces.size() - 1, new Piece.Kept(last.from(), last.length() + length));
            } else {
                pieces.add(new Piece.Kept(from, length));
            }
        }

        void write(byte[] bytes) {
            pieces.add(new Piece.Written(bytes));
        }

        List<Piece> all() {
            return List.copyOf(pieces);
        }
    }
}
