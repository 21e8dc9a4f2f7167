package madang.dialect.woongkie;

import java.util.ArrayList;
import java.util.List;
import madang.chat.Room;
import madang.kit.Id;
import madang.kit.User;
import madang.live.Frame;
import madang.live.LiveSocket;
import madang.live.Pace;
import org.jspecify.annotations.Nullable;

/// One socket of this dialect, in its one room. Until it has been told the history, what happens
/// meanwhile waits.
final class Guest {
    /// What may wait; whoever reads the history more slowly than the room speaks comes again.
    private static final int MOST_WAITING = 256;

    private static final int TRY_AGAIN = 1013;

    private final LiveSocket socket;
    private final Id<Room> room;
    private final String name;
    private final Pace pace;
    private @Nullable List<Waiting> waiting = new ArrayList<>();

    /// A frame that waits, and the place in the log of what it tells; 0 for what is in no log.
    private record Waiting(Frame frame, long changedSeq) {}

    Guest(LiveSocket socket, Id<Room> room, String name, Pace pace) {
        this.socket = socket;
        this.room = room;
        this.name = name;
        this.pace = pace;
    }

    Id<Room> room() {
        return room;
    }

    Id<User> user() {
        return socket.caller().user();
    }

    /// By which name the room knows him.
    String name() {
        return name;
    }

    boolean maySpeak() {
        return pace.waitNanos(socket.now()) == 0;
    }

    /// The frame if it may go out now; null where it waits.
    synchronized @Nullable Frame live(Frame frame, long changedSeq) {
        if (waiting == null) {
            return frame;
        }
        if (waiting.size() == MOST_WAITING) {
            socket.close(TRY_AGAIN, "reads too slowly");
        } else {
            waiting.add(new Waiting(frame, changedSeq));
        }
        return null;
    }

    /// The history has been told up to this place: now what waited behind it, then all as it comes.
    synchronized void goLive(long toldSeq) {
        if (waiting != null) {
            waiting.stream()
                    .filter(held -> held.changedSeq() == 0 || held.changedSeq() > toldSeq)
                    .forEach(held -> socket.send(held.frame()));
            waiting = null;
        }
    }
}
