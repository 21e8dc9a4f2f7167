package madang.dialect.woongkie;

import madang.chat.Room;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.settings.Rate;
import madang.live.Frame;
import madang.live.LiveSocket;
import madang.live.Pace;
import org.jspecify.annotations.Nullable;

/// One socket of this dialect, in its one room. Until it has been told the history, what happens
/// meanwhile waits.
final class Guest {
    private static final int TRY_AGAIN = 1013;

    /// Whoever writes is told of at every stroke by some clients, and heard by all in the room.
    private static final int TYPING_A_SECOND = 5;

    private static final int TYPING_BURST = 10;

    private final LiveSocket socket;
    private final Id<Room> room;
    private final String name;
    private final Pace speaking;
    private final Pace typing;
    private @Nullable Meanwhile meanwhile = new Meanwhile();

    Guest(LiveSocket socket, Id<Room> room, String name, Rate speaking) {
        this.socket = socket;
        this.room = room;
        this.name = name;
        double perSecond = speaking.tokens() * 1e9 / speaking.per().toNanos();
        this.speaking = new Pace(perSecond, (int) speaking.burst(), socket.now());
        this.typing = new Pace(TYPING_A_SECOND, TYPING_BURST, socket.now());
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
        return speaking.waitNanos(socket.now()) == 0;
    }

    /// Whether others are told now that he writes, or writes no more.
    boolean mayBeSeenTyping() {
        return typing.waitNanos(socket.now()) == 0;
    }

    /// A message that was said in this place of the log, if it may go out now; null where it waits.
    synchronized @Nullable Frame said(Frame frame, long seq) {
        return meanwhile == null ? frame : held(meanwhile.add(frame, seq));
    }

    /// The same of anything else that happens.
    synchronized @Nullable Frame live(Frame frame) {
        return meanwhile == null ? frame : held(meanwhile.add(frame));
    }

    private @Nullable Frame held(boolean fits) {
        if (!fits) {
            readsTooSlowly();
        }
        return null;
    }

    void readsTooSlowly() {
        socket.close(TRY_AGAIN, "reads too slowly");
    }

    /// The history has been told, up to this message: now what waited behind it, then all as it
    /// comes.
    synchronized void goLive(long newestSeq) {
        if (meanwhile != null) {
            meanwhile.after(newestSeq).forEach(socket::send);
            meanwhile = null;
        }
    }
}
