package madang.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import madang.kit.Caller;
import madang.kit.Id;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connected peer. What it says is dealt with one message at a time, in order; what it is told
/// waits in a bounded queue and never makes the teller wait. It lives as long as its session, not
/// as its token.
public final class LiveSocket {
    private static final Logger LOG = LoggerFactory.getLogger(LiveSocket.class);

    /// A peer that gives none is dead. The heart beats once a second, so that it is noticed within
    /// the 60 seconds that are promised.
    static final long DEAD_AFTER_NANOS = Duration.ofSeconds(59).toNanos();

    /// How long a peer may take to read our goodbye and to answer it.
    static final long GOODBYE_NANOS = Duration.ofSeconds(2).toNanos();

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private enum Life {
        OPEN,
        ENDING
    }

    private final Id<LiveSocket> id;
    private final Caller.Member caller;
    private final SocketProtocol protocol;
    private final LiveHub hub;
    private final Link link;
    private final OutQueue out;
    private Life life = Life.OPEN;
    private boolean inTurn;
    private long endedAt;
    private volatile long heardAt;
    private long pingedAt;
    private volatile @Nullable List<Frame> heldBack;
    private @Nullable Set<String> topics;
    private @Nullable Map<Class<?>, Object> kept;

    LiveSocket(
            Id<LiveSocket> id,
            Caller.Member caller,
            SocketProtocol protocol,
            LiveHub hub,
            Link link) {
        this.id = id;
        this.caller = caller;
        this.protocol = protocol;
        this.hub = hub;
        this.link = link;
        out = new OutQueue(link);
        heardAt = hub.now();
        pingedAt = heardAt;
    }

    /// Unique over all nodes: the connection that presence counts.
    public Id<LiveSocket> id() {
        return id;
    }

    public Caller.Member caller() {
        return caller;
    }

    /// The topics that it hears, or heard when it ended.
    public synchronized Set<String> topics() {
        return topics == null ? Set.of() : Set.copyOf(topics);
    }

    public synchronized boolean isOpen() {
        return life == Life.OPEN;
    }

    /// Sends without waiting and in order. A peer that lets too much wait is closed with 1013, and
    /// what is sent to a socket that ended is forgotten.
    public void send(Frame frame) {
        if (takes(frame)) {
            Thread.startVirtualThread(this::write);
        }
    }

    /// Sends the frame that `word` makes, and only then what others tell this socket meanwhile: for
    /// a first word that cannot be made before the socket hears of what it speaks. None is sent
    /// where `word` has closed the socket instead.
    public void sendFirst(Supplier<? extends @Nullable Frame> word) {
        heldBack = new ArrayList<>();
        @Nullable Frame first = null;
        try {
            first = word.get();
        } finally {
            release(first);
        }
    }

    /// Offered under the lock, so that nobody who comes now overtakes those who waited.
    private void release(@Nullable Frame first) {
        List<OutQueue.Offered> offered = new ArrayList<>();
        synchronized (this) {
            if (first != null) {
                offered.add(out.offer(first));
            }
            Objects.requireNonNull(heldBack).forEach(frame -> offered.add(out.offer(frame)));
            heldBack = null;
        }
        if (offered.stream().filter(this::isWriteDue).count() > 0) {
            Thread.startVirtualThread(this::write);
        }
    }

    private boolean isHeldBack(Frame frame) {
        if (heldBack == null) {
            return false;
        }
        synchronized (this) {
            return heldBack != null && heldBack.add(frame);
        }
    }

    /// The same for whoever tells many: true where somebody has to call `write` now.
    boolean takes(Frame frame) {
        return !isHeldBack(frame) && isWriteDue(out.offer(frame));
    }

    private boolean isWriteDue(OutQueue.Offered offered) {
        if (offered == OutQueue.Offered.TOO_MUCH && end()) {
            hub.countSlow();
            out.abandon();
            sayGoodbye(LiveHub.COME_AGAIN, "reads too slowly");
        }
        return offered == OutQueue.Offered.BEGINS;
    }

    void write() {
        out.write();
    }

    /// Sends what this peer alone asked for, as fast as it reads: waits while it has much to read
    /// already. Only in a turn of this socket, and false when it does not read at all.
    public boolean sendInTurn(Frame frame) {
        CountDownLatch roomy = new CountDownLatch(1);
        out.whenRoomy(roomy::countDown);
        try {
            if (!roomy.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                return false;
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
        send(frame);
        return true;
    }

    /// Ends it: at once it is out of all topics and no further message of it is dealt with; what
    /// already waits is still sent, then the code. A peer that does not take its leave within two
    /// seconds is cut off. Only the first close counts.
    public void close(int code, String reason) {
        if (end()) {
            sayGoodbye(code, reason);
        }
    }

    private void sayGoodbye(int code, String reason) {
        out.finish(() -> link.close(new CloseStatus(code, reason)));
    }

    /// What a feature keeps for this socket, one value of each type; made when first asked for.
    public synchronized <T> T keep(Class<T> type, Supplier<T> fresh) {
        if (kept == null) {
            kept = new HashMap<>(2);
        }
        return type.cast(kept.computeIfAbsent(type, _ -> fresh.get()));
    }

    @Override
    public String toString() {
        return "socket " + id;
    }

    void open() {
        hub.enter(this);
        takeTurn(() -> {
            if (hub.isWelcome(this)) {
                protocol.opened(this);
            }
        });
    }

    void said(byte[] text) {
        takeTurn(() -> protocol.said(this, text));
    }

    void heard() {
        heardAt = hub.now();
    }

    /// Asks for the next frame, of which there may be only one wish at a time.
    void hearOn() {
        link.demand();
    }

    /// The same, once there is room for what it may ask for.
    void hearOnWhenRoomy() {
        out.whenRoomy(this::hearOn);
    }

    /// Says nothing more of its own accord; `last` is done when no write is under way.
    void finish(Runnable last) {
        out.finish(last);
    }

    /// The connection is gone, whoever ended it.
    void gone(int code) {
        end();
        out.abandon();
        hub.gone(this, code);
    }

    void abort() {
        link.abort();
    }

    /// Looks after it once a second: pings the silent, cuts off the dead and those that linger.
    void beat(long now) {
        long silence = now - heardAt;
        boolean isOver;
        boolean isPingDue;
        synchronized (this) {
            isOver =
                    life == Life.ENDING
                            ? now - endedAt >= GOODBYE_NANOS
                            : silence >= DEAD_AFTER_NANOS && !inTurn;
            isPingDue =
                    life == Life.OPEN
                            && silence >= link.pingAfterNanos()
                            && now - pingedAt >= link.pingAfterNanos();
            pingedAt = isPingDue ? now : pingedAt;
        }
        if (isOver) {
            abort();
        } else if (isPingDue) {
            link.ping();
        }
    }

    /// Remembers the topic, unless the socket has ended.
    synchronized boolean note(String topic) {
        if (life != Life.OPEN) {
            return false;
        }
        if (topics == null) {
            topics = new HashSet<>(4);
        }
        topics.add(topic);
        return true;
    }

    synchronized void forget(String topic) {
        if (life == Life.OPEN && topics != null) {
            topics.remove(topic);
        }
    }

    SocketProtocol protocol() {
        return protocol;
    }

    /// The time of the hub, in nanoseconds.
    public long now() {
        return hub.now();
    }

    /// Takes it out of everything, once; false when that was done before. Its protocol is told when
    /// the turn that may be running is over, so that `closed` is always the last word.
    boolean end() {
        boolean isIdle;
        synchronized (this) {
            if (life == Life.ENDING) {
                return false;
            }
            life = Life.ENDING;
            endedAt = hub.now();
            isIdle = !inTurn;
        }
        hub.leave(this);
        if (isIdle) {
            Thread.startVirtualThread(this::farewell);
        }
        return true;
    }

    private void takeTurn(Runnable turn) {
        boolean isOpen;
        synchronized (this) {
            isOpen = life == Life.OPEN;
            inTurn = isOpen;
        }
        if (isOpen) {
            Thread.startVirtualThread(() -> run(turn));
        } else {
            hearOn();
        }
    }

    private void run(Runnable turn) {
        try {
            turn.run();
        } catch (RuntimeException | Error bug) {
            LOG.error("a turn of a socket failed", Faceless.of(bug));
            close(CloseStatus.SERVER_ERROR, "server error");
        }
        boolean isLast;
        synchronized (this) {
            inTurn = false;
            isLast = life == Life.ENDING;
        }
        if (isLast) {
            farewell();
        }
        heard();
        hearOnWhenRoomy();
    }

    private void farewell() {
        try {
            protocol.closed(this);
        } catch (RuntimeException | Error bug) {
            LOG.error("a farewell of a socket failed", Faceless.of(bug));
        }
    }
}
