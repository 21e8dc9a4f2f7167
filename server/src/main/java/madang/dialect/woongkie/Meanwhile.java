package madang.dialect.woongkie;

import java.util.ArrayList;
import java.util.List;
import madang.live.Frame;

/// What happens in a room while somebody is being told its history. The history is read in pages,
/// so it may show the latest change of an old message and not what was said after the first page
/// was read: of what waits only a message can have been told already, and it is known by its place
/// of birth. Edits and deletions are told again, which harms nobody.
final class Meanwhile {
    /// What may wait; whoever reads the history more slowly than the room speaks comes again.
    private static final int MOST = 256;

    /// The place of what is no message; it is behind every history.
    private static final long NO_MESSAGE = Long.MAX_VALUE;

    private final List<Held> held = new ArrayList<>();

    private record Held(Frame frame, long seq) {}

    /// A message that was just said, in both false if too much waits already.
    boolean add(Frame frame, long seq) {
        return held.size() < MOST && held.add(new Held(frame, seq));
    }

    /// Anything else: a change, somebody's coming.
    boolean add(Frame frame) {
        return add(frame, NO_MESSAGE);
    }

    /// What the history has not told, whose newest message is this one.
    List<Frame> after(long newestSeq) {
        return held.stream().filter(frame -> frame.seq() > newestSeq).map(Held::frame).toList();
    }
}
