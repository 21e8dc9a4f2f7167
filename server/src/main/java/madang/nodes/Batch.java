package madang.nodes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import madang.kit.Id;

/// Some hints of one node, in the order in which it said them. Numbers follow each other without a
/// gap, unless the node lost hints in between.
record Batch(Id<Nodes> node, long number, byte[] bytes) {

    record Hint(String topic, byte[] payload) {
        int size() {
            return 2 * Integer.BYTES + 3 * topic.length() + payload.length;
        }
    }

    static Batch of(Id<Nodes> node, long number, List<Hint> hints) {
        ByteBuffer bytes = ByteBuffer.allocate(hints.stream().mapToInt(Hint::size).sum());
        for (Hint hint : hints) {
            put(bytes, hint.topic().getBytes(UTF_8));
            put(bytes, hint.payload());
        }
        return new Batch(node, number, bytesOf(bytes.flip()));
    }

    List<Hint> hints() {
        List<Hint> hints = new ArrayList<>();
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            hints.add(new Hint(new String(take(left), UTF_8), take(left)));
        }
        return hints;
    }

    private static void put(ByteBuffer to, byte[] part) {
        to.putInt(part.length).put(part);
    }

    private static byte[] take(ByteBuffer from) {
        byte[] part = new byte[from.getInt()];
        from.get(part);
        return part;
    }

    private static byte[] bytesOf(ByteBuffer filled) {
        byte[] bytes = new byte[filled.remaining()];
        filled.get(bytes);
        return bytes;
    }
}
