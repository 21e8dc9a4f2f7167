package madang.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import madang.kit.Caller;
import madang.kit.Id;
import madang.kit.Session;
import madang.kit.User;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All sockets of this node: who hears what, and one heart for all of them. Telling takes no lock
/// and waits for nobody.
public final class LiveHub {
    private static final Logger LOG = LoggerFactory.getLogger(LiveHub.class);

    /// The session behind the socket ended: sign in again.
    public static final int SESSION_ENDED = 4401;

    /// Nothing is wrong with the peer: it may come again.
    public static final int COME_AGAIN = CloseStatus.TRY_AGAIN_LATER;

    /// The peer heeded no refusal.
    public static final int ABUSE = 4429;

    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final int WRITES_A_THREAD = 32;

    private final Predicate<Caller.Member> isSignedIn;
    private final LongSupplier nanoTime;
    private final Set<LiveSocket> sockets = ConcurrentHashMap.newKeySet();
    private final Audience<String> topics = new Audience<>();
    private final Audience<Id<User>> users = new Audience<>();
    private final LongAdder opened = new LongAdder();
    private final LongAdder told = new LongAdder();
    private final LongAdder tooSlow = new LongAdder();
    private final Map<Integer, LongAdder> closed = new ConcurrentHashMap<>();
    private volatile Consumer<Id<User>> moved = _ -> {};
    private volatile boolean isStopping;
    private @Nullable Thread heart;

    /// `isSignedIn` is asked once for each new socket, after the hub knows it: a session that ends
    /// in between is caught either there or by `closeSession`.
    public LiveHub(Predicate<Caller.Member> isSignedIn, LongSupplier nanoTime) {
        this.isSignedIn = isSignedIn;
        this.nanoTime = nanoTime;
    }

    public void start() {
        heart = Thread.ofVirtual().name("live-heart").start(this::beatEachSecond);
    }

    /// From now on the socket is told what is told to the topic. False when it has ended; then
    /// there is nothing to undo.
    public boolean hear(LiveSocket socket, String topic) {
        return topics.add(topic, socket, () -> socket.note(topic));
    }

    public void unhear(LiveSocket socket, String topic) {
        topics.remove(topic, socket, () -> socket.forget(topic));
    }

    /// How many sockets of this node hear the topic.
    public int audience(String topic) {
        return topics.of(topic).size();
    }

    /// The sockets of this node that hear the topic, at this moment.
    public Set<LiveSocket> hearing(String topic) {
        return Set.copyOf(topics.of(topic));
    }

    public void tell(String topic, Frame frame) {
        send(topics.of(topic), frame);
    }

    /// Tells these one behind the other, in as few writes to each socket as they fit into.
    public void tell(String topic, List<Frame> frames) {
        int first = 0;
        int bytes = 0;
        for (int i = 0; i < frames.size(); i++) {
            int size = frames.get(i).size();
            if (i > first && bytes + size > OutQueue.BATCH_BYTES) {
                tell(topic, Frame.together(frames.subList(first, i)));
                first = i;
                bytes = 0;
            }
            bytes += size;
        }
        if (first < frames.size()) {
            tell(topic, Frame.together(frames.subList(first, frames.size())));
        }
    }

    /// Tells those of the topic's sockets that the frame is meant for.
    public void tell(String topic, Frame frame, Predicate<LiveSocket> isMeant) {
        for (LiveSocket socket : topics.of(topic)) {
            if (isMeant.test(socket)) {
                socket.send(frame);
                told.increment();
            }
        }
    }

    /// Tells each of the topic's sockets the frame for him, if there is one.
    public void tell(String topic, Function<LiveSocket, @Nullable Frame> frameFor) {
        for (LiveSocket socket : topics.of(topic)) {
            @Nullable Frame frame = frameFor.apply(socket);
            if (frame != null) {
                socket.send(frame);
                told.increment();
            }
        }
    }

    /// Tells every socket of this user on this node that hears such things.
    public void tellUser(Id<User> user, Frame frame) {
        for (LiveSocket socket : users.of(user)) {
            if (socket.protocol().hearsWhatUsersAreTold()) {
                socket.send(frame);
                told.increment();
            }
        }
    }

    /// The sockets of this user on this node, at this moment.
    public Set<LiveSocket> socketsOf(Id<User> user) {
        return Set.copyOf(users.of(user));
    }

    /// Whether this user has a socket on this node.
    public boolean hasSocket(Id<User> user) {
        return !users.of(user).isEmpty();
    }

    /// Called whenever somebody's sockets on this node became more or fewer, with whose they are.
    /// Must not block: sockets open and end on it.
    public void onMoved(Consumer<Id<User>> listener) {
        moved = listener;
    }

    public void closeSession(Id<Session> session) {
        sockets.stream()
                .filter(socket -> socket.caller().session().equals(session))
                .forEach(LiveHub::endSession);
    }

    public void closeUser(Id<User> user) {
        users.of(user).forEach(LiveHub::endSession);
    }

    /// How many sockets are connected, those included that are taking their leave.
    public int count() {
        return sockets.size();
    }

    public Figures figures() {
        return new Figures(
                sockets.size(),
                users.keys(),
                topics.keys(),
                opened.sum(),
                told.sum(),
                tooSlow.sum(),
                closed.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, by -> by.getValue().sum())));
    }

    /// Closes every socket with its protocol's stop code, and lets nobody stay who comes later.
    /// Waits for the peers to take their leave, at most this long, then cuts off the rest.
    public void stop(Duration atMost) {
        isStopping = true;
        sockets.forEach(LiveHub::sendHome);
        long begin = System.nanoTime();
        try {
            while (!sockets.isEmpty() && System.nanoTime() - begin < atMost.toNanos()) {
                Thread.sleep(10);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        sockets.forEach(LiveSocket::abort);
        if (heart != null) {
            heart.interrupt();
        }
    }

    /// Looks after every socket once.
    void beat() {
        long now = now();
        sockets.forEach(socket -> socket.beat(now));
    }

    long now() {
        return nanoTime.getAsLong();
    }

    void enter(LiveSocket socket) {
        opened.increment();
        sockets.add(socket);
        users.add(socket.caller().user(), socket, socket::isOpen);
        moved.accept(socket.caller().user());
        if (isStopping) {
            sendHome(socket);
        }
    }

    boolean isWelcome(LiveSocket socket) {
        boolean isWelcome = isSignedIn.test(socket.caller());
        if (!isWelcome) {
            endSession(socket);
        }
        return isWelcome;
    }

    void leave(LiveSocket socket) {
        users.remove(socket.caller().user(), socket);
        moved.accept(socket.caller().user());
        socket.topics().forEach(topic -> topics.remove(topic, socket));
    }

    void gone(LiveSocket socket, int code) {
        sockets.remove(socket);
        closed.computeIfAbsent(code, _ -> new LongAdder()).increment();
    }

    void countSlow() {
        tooSlow.increment();
    }

    /// Some sockets share a thread for their writes, which begin one after the other and wait for
    /// nobody: a thread for each would cost as much as its write.
    private void send(Set<LiveSocket> to, Frame frame) {
        List<LiveSocket> idle = new ArrayList<>();
        int count = 0;
        for (LiveSocket socket : to) {
            count++;
            if (socket.takes(frame)) {
                idle.add(socket);
                if (idle.size() == WRITES_A_THREAD) {
                    write(idle);
                    idle = new ArrayList<>(WRITES_A_THREAD);
                }
            }
        }
        write(idle);
        told.add((long) count * frame.count());
    }

    private static void write(List<LiveSocket> idle) {
        if (!idle.isEmpty()) {
            Thread.startVirtualThread(() -> idle.forEach(LiveHub::writeSafely));
        }
    }

    private static void writeSafely(LiveSocket socket) {
        try {
            socket.write();
        } catch (RuntimeException bug) {
            LOG.error("a write to a socket failed", Faceless.of(bug));
            socket.abort();
        }
    }

    private static void endSession(LiveSocket socket) {
        close(socket, socket.protocol().whenSignedOut());
    }

    private static void sendHome(LiveSocket socket) {
        close(socket, socket.protocol().whenStopping());
    }

    private static void close(LiveSocket socket, SocketProtocol.Goodbye goodbye) {
        socket.close(goodbye.code(), goodbye.reason());
    }

    private void beatEachSecond() {
        try {
            while (true) {
                Thread.sleep(BEAT);
                beatSafely();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void beatSafely() {
        try {
            beat();
        } catch (RuntimeException bug) {
            LOG.error("a beat of the live heart failed", bug);
        }
    }

    /// Plain numbers for whoever measures: sockets, users and topics now; sockets opened, frames
    /// told and slow readers closed since the start; connections closed by their close code.
    public record Figures(
            int sockets,
            int users,
            int topics,
            long opened,
            long told,
            long tooSlow,
            Map<Integer, Long> closed) {}
}
