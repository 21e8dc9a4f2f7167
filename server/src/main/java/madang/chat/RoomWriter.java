package madang.chat;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Db;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one way into a room's log. Rooms are hashed onto a few writers, about as many as cores; a
/// writer takes everything that waits (at most 128), asks once for all who may speak, stores what
/// is allowed as one batch with one fsync, answers each sender, and tells the room in the order of
/// its log. So durable throughput does not stop at one fsync a message, in one hot room as in two
/// hundred (measured: docs/performance.md). A send that races with a removal may still land.
final class RoomWriter {
    private static final int MAX_BATCH = 128;
    private static final int MAX_WAITING = 4_096;
    private static final int MAX_WAIT_SECONDS = 10;
    private static final Logger log = LoggerFactory.getLogger(RoomWriter.class);

    /// What a sender gets: the message, and whether this send made it.
    record Sent(Message message, boolean isFresh) {}

    private sealed interface Work {
        Id<Room> room();

        CompletableFuture<?> done();
    }

    private record Saying(MessageStore.Draft draft, CompletableFuture<Sent> done) implements Work {
        @Override
        public Id<Room> room() {
            return draft.room();
        }
    }

    private record Changing(
            Id<Room> room,
            Id<Message> message,
            MessageStore.Change change,
            CompletableFuture<Optional<Message>> done)
            implements Work {}

    private final Db writes;
    private final RoomStore rooms;
    private final MessageStore store;
    private final InstantSource clock;
    private final Consumer<Message> tell;
    private final List<BlockingQueue<Work>> queues = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    /// `tell` hears of every message that was stored, in the order of its room's log.
    RoomWriter(
            Db writes,
            RoomStore rooms,
            MessageStore store,
            InstantSource clock,
            Consumer<Message> tell,
            int writers) {
        this.writes = writes;
        this.rooms = rooms;
        this.store = store;
        this.clock = clock;
        this.tell = tell;
        for (int i = 0; i < writers; i++) {
            BlockingQueue<Work> queue = new ArrayBlockingQueue<>(MAX_WAITING);
            queues.add(queue);
            threads.add(
                    Thread.ofPlatform()
                            .daemon()
                            .name("room-writer-" + i)
                            .unstarted(() -> write(queue)));
        }
    }

    void start() {
        threads.forEach(Thread::start);
    }

    /// Finishes what it has begun and takes no more.
    void stop() throws InterruptedException {
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(MAX_WAIT_SECONDS));
        }
    }

    /// Stores what somebody says and returns when it is durable.
    Sent say(MessageStore.Draft draft) {
        return await(submit(new Saying(draft, new CompletableFuture<>())).done());
    }

    /// Changes a message in its turn; empty where there is nothing left to change.
    Optional<Message> change(Id<Room> room, Id<Message> message, MessageStore.Change change) {
        return await(submit(new Changing(room, message, change, new CompletableFuture<>())).done());
    }

    private <W extends Work> W submit(W work) {
        BlockingQueue<Work> queue =
                queues.get(Math.floorMod(work.room().hashCode(), queues.size()));
        if (!queue.offer(work)) {
            throw Failure.unavailable();
        }
        return work;
    }

    private static <T> T await(CompletableFuture<T> done) {
        try {
            return done.get(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException refused) {
            throw refused.getCause() instanceof Failure failure ? failure : Failure.unavailable();
        } catch (TimeoutException tooLong) {
            throw Failure.unavailable();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw Failure.unavailable();
        }
    }

    private void write(BlockingQueue<Work> queue) {
        List<Work> batch = new ArrayList<>(MAX_BATCH);
        while (!Thread.currentThread().isInterrupted()) {
            try {
                batch.add(queue.take());
                queue.drainTo(batch, MAX_BATCH - 1);
                inTurn(batch);
            } catch (InterruptedException stopping) {
                return;
            } catch (RuntimeException bug) {
                log.error("a batch of {} failed", batch.size(), bug);
                batch.forEach(work -> work.done().completeExceptionally(bug));
            }
            batch.clear();
        }
    }

    /// Keeps the order in which things came: what is said together is stored together, up to the
    /// next change.
    private void inTurn(List<Work> batch) {
        List<Saying> said = new ArrayList<>(batch.size());
        for (Work work : batch) {
            switch (work) {
                case Saying saying -> said.add(saying);
                case Changing changing -> {
                    storeAll(said);
                    said.clear();
                    apply(changing);
                }
            }
        }
        storeAll(said);
    }

    private void apply(Changing changing) {
        try {
            Optional<Message> changed =
                    store.change(changing.room(), changing.message(), changing.change());
            changing.done().complete(changed);
            changed.ifPresent(tell);
        } catch (RuntimeException failed) {
            refuse(changing, failed);
        }
    }

    private void storeAll(List<Saying> said) {
        if (said.isEmpty()) {
            return;
        }
        try {
            List<Saying> admitted = admit(said);
            List<MessageStore.Outcome> outcomes =
                    store.append(admitted.stream().map(Saying::draft).toList(), clock.instant());
            for (int i = 0; i < admitted.size(); i++) {
                answer(admitted.get(i), outcomes.get(i));
            }
        } catch (RuntimeException failed) {
            said.forEach(saying -> refuse(saying, failed));
        }
    }

    /// Refuses those who may not speak. The house (notices) may always.
    private List<Saying> admit(List<Saying> said) {
        List<Saying> people = said.stream().filter(s -> s.draft().author() != null).toList();
        Map<List<Id<?>>, RoomStore.Admission> admissions =
                people.isEmpty()
                        ? Map.of()
                        : writes.read(tx ->
                                rooms.admissions(
                                        tx,
                                        people.stream().map(Saying::room).toList(),
                                        people.stream().map(RoomWriter::author).toList()));
        List<Saying> admitted = new ArrayList<>(said.size());
        for (Saying saying : said) {
            @Nullable Failure refusal =
                    saying.draft().author() == null
                            ? null
                            : refusal(admissions.get(List.of(saying.room(), author(saying))));
            if (refusal == null) {
                admitted.add(saying);
            } else {
                saying.done().completeExceptionally(refusal);
            }
        }
        return admitted;
    }

    private static Id<User> author(Saying saying) {
        Id<User> author = saying.draft().author();
        if (author == null) {
            throw new IllegalStateException("the house needs no admission");
        }
        return author;
    }

    /// A private room is not there for strangers; in a public one they may read and not speak.
    private static @Nullable Failure refusal(RoomStore.@Nullable Admission admission) {
        if (admission == null) {
            return Room.notFound();
        }
        if (admission.isMember()) {
            return null;
        }
        return admission.type() == RoomType.PRIVATE ? Room.notFound() : Failure.forbidden();
    }

    private void answer(Saying saying, MessageStore.Outcome outcome) {
        switch (outcome) {
            case MessageStore.Outcome.Appended appended -> {
                saying.done().complete(new Sent(appended.message(), true));
                tell.accept(appended.message());
            }
            case MessageStore.Outcome.Repeated repeated ->
                    saying.done().complete(new Sent(repeated.message(), false));
            case MessageStore.Outcome.Refused refused ->
                    saying.done().completeExceptionally(refused.failure());
        }
    }

    private static void refuse(Work work, RuntimeException failed) {
        if (!(failed instanceof Failure)) {
            log.error("writing to a room failed", failed);
        }
        work.done().completeExceptionally(failed);
    }
}
