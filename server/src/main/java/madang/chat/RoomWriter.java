package madang.chat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import madang.kit.CrashPoint;
import madang.kit.Failure;
import madang.kit.Id;
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

    /// Who waited so long is told to come back, so that he hears it within 2.5 s. What he said
    /// lands all the same if it is being written just then, and the same key finds it.
    private static final Duration MAX_WAIT = Duration.ofMillis(2_100);

    /// Where the oldest who waits has waited this long, or the batches in front of a new one will
    /// take as long as the last one did, nobody may join the queue: he would be acknowledged too
    /// late, and so would all behind him, and a writer that is overrun would work for people who
    /// have left.
    private static final Duration MAX_LAG = Duration.ofMillis(700);

    private static final Duration IDLE = Duration.ofMillis(250);
    private static final Duration MAX_GOODBYE = Duration.ofSeconds(10);
    private static final Logger log = LoggerFactory.getLogger(RoomWriter.class);

    /// What a sender gets: the message, and whether this send made it.
    record Sent(Message message, boolean isFresh) {}

    /// Who hears of what was stored.
    interface Listener {
        /// In the order of the room's log.
        void stored(Message message);

        /// A write failed in a way that leaves open whether it was stored, or it was stored and
        /// could not be told: now the log can be read again.
        void maybeStored(Id<Room> room);

        /// Both hear everything, this one first.
        default Listener and(Listener other) {
            return new Listener() {
                @Override
                public void stored(Message message) {
                    Listener.this.stored(message);
                    other.stored(message);
                }

                @Override
                public void maybeStored(Id<Room> room) {
                    Listener.this.maybeStored(room);
                    other.maybeStored(room);
                }
            };
        }
    }

    private sealed interface Work {
        Id<Room> room();

        CompletableFuture<?> done();

        /// Since when it waits, by `System.nanoTime`.
        long since();
    }

    /// `isFree`: the right to say it was decided elsewhere.
    private record Saying(
            MessageStore.Draft draft, boolean isFree, CompletableFuture<Sent> done, long since)
            implements Work {
        @Override
        public Id<Room> room() {
            return draft.room();
        }

        /// Whose right to say it is to be decided; null: nobody's.
        @Nullable Speaker speaker() {
            return isFree || draft.author() == null
                    ? null
                    : new Speaker(draft.room(), draft.author());
        }
    }

    private record Changing(
            Id<Room> room,
            Id<Message> message,
            MessageStore.Change change,
            CompletableFuture<Optional<Message>> done,
            long since)
            implements Work {}

    private final Db writes;
    private final Admissions admissions;
    private final MessageStore store;
    private final InstantSource clock;
    private final Listener listener;
    private final List<Writer> writers;
    private volatile boolean isOpen = true;

    RoomWriter(
            Db writes,
            Admissions admissions,
            MessageStore store,
            InstantSource clock,
            Listener listener,
            int writers) {
        this.writes = writes;
        this.admissions = admissions;
        this.store = store;
        this.clock = clock;
        this.listener = listener;
        this.writers = IntStream.range(0, writers).mapToObj(Writer::new).toList();
    }

    void start() {
        writers.forEach(writer -> writer.thread.start());
    }

    /// Finishes what it has begun. What still waits, and whoever comes later, is told to come back.
    void stop() throws InterruptedException {
        isOpen = false;
        for (Writer writer : writers) {
            writer.thread.join(MAX_GOODBYE);
        }
    }

    /// Stores what somebody says and returns when it is durable.
    Sent say(MessageStore.Draft draft) {
        return say(draft, false);
    }

    /// The same for the house and its voices, which nobody asks whether they are members.
    Sent sayFreely(MessageStore.Draft draft) {
        return say(draft, true);
    }

    private Sent say(MessageStore.Draft draft, boolean isFree) {
        return await(
                submit(new Saying(draft, isFree, new CompletableFuture<>(), System.nanoTime()))
                        .done());
    }

    /// Changes a message in its turn; empty where there is nothing left to change.
    Optional<Message> change(Id<Room> room, Id<Message> message, MessageStore.Change change) {
        return await(
                submit(
                                new Changing(
                                        room,
                                        message,
                                        change,
                                        new CompletableFuture<>(),
                                        System.nanoTime()))
                        .done());
    }

    private <W extends Work> W submit(W work) {
        Writer writer = writers.get(Math.floorMod(work.room().hashCode(), writers.size()));
        if (!isOpen || writer.isBehind() || !writer.queue.offer(work)) {
            throw Failure.unavailable();
        }
        // The writer may have gone between the question and the offer.
        if (!isOpen && writer.queue.remove(work)) {
            throw Failure.unavailable();
        }
        return work;
    }

    private static <T> T await(CompletableFuture<T> done) {
        try {
            return done.get(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException refused) {
            throw refused.getCause() instanceof Failure failure ? failure : broken();
        } catch (TimeoutException tooLong) {
            done.cancel(false);
            throw Failure.unavailable();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw Failure.unavailable();
        }
    }

    private static Failure broken() {
        return Failure.of(Failure.Kind.BROKEN, "SERVER_ERROR");
    }

    private static boolean isAway(Throwable failed) {
        return failed instanceof Failure failure && failure.kind() == Failure.Kind.UNAVAILABLE;
    }

    /// One writer and what waits for it.
    private final class Writer {
        private final BlockingQueue<Work> queue = new ArrayBlockingQueue<>(MAX_WAITING);
        private final Thread thread;
        private final Set<Id<Room>> inDoubt = new HashSet<>();
        private volatile long batchNanos;

        Writer(int number) {
            thread =
                    Thread.ofPlatform()
                            .daemon()
                            .name("room-writer-" + number)
                            .unstarted(this::write);
        }

        private boolean isBehind() {
            @Nullable Work oldest = queue.peek();
            if (oldest == null) {
                return false;
            }
            long waited = System.nanoTime() - oldest.since();
            long inFront = queue.size() / MAX_BATCH * batchNanos;
            return Math.max(waited, inFront) > MAX_LAG.toNanos();
        }

        private void write() {
            List<Work> batch = new ArrayList<>(MAX_BATCH);
            while (isOpen) {
                try {
                    take(batch);
                    long begun = System.nanoTime();
                    inTurn(batch);
                    batchNanos = System.nanoTime() - begun;
                    settleDoubts(batch.isEmpty());
                } catch (InterruptedException neverMeant) {
                    log.warn("room writers are stopped by `stop`", neverMeant);
                } catch (RuntimeException | Error failed) {
                    giveUp(batch, failed);
                }
                batch.clear();
            }
            giveUp(batch, Failure.unavailable());
        }

        private void take(List<Work> batch) throws InterruptedException {
            @Nullable Work first = queue.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
            if (first != null) {
                batch.add(first);
                queue.drainTo(batch, MAX_BATCH - 1);
                batch.removeIf(work -> work.done().isDone());
            }
        }

        /// Keeps the order in which things came: what is said together is stored together, up to
        /// the next change.
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
                CrashPoint.BEFORE_CHANGE_ACK.pass();
                changing.done().complete(changed);
                CrashPoint.BEFORE_CHANGE_TELLING.pass();
                changed.ifPresent(this::tell);
            } catch (RuntimeException failed) {
                if (failed instanceof Failure refusal && !isAway(refusal)) {
                    changing.done().completeExceptionally(refusal);
                } else {
                    refuse(List.of(changing), failed);
                }
            }
        }

        private void storeAll(List<Saying> said) {
            if (said.isEmpty()) {
                return;
            }
            try {
                Instant now = clock.instant();
                List<Saying> admitted = admit(said, now);
                List<MessageStore.Outcome> outcomes =
                        store.append(admitted.stream().map(Saying::draft).toList(), now);
                CrashPoint.BEFORE_ACK.pass();
                for (int i = 0; i < admitted.size(); i++) {
                    answer(admitted.get(i), outcomes.get(i));
                }
                CrashPoint.BEFORE_TELLING.pass();
                outcomes.forEach(this::tell);
            } catch (RuntimeException failed) {
                refuse(said, failed);
            }
        }

        /// Refuses those who may not speak. The house and its voices may always.
        private List<Saying> admit(List<Saying> said, Instant now) {
            List<@Nullable Speaker> speakers = new ArrayList<>(said.size());
            said.forEach(saying -> speakers.add(saying.speaker()));
            List<@Nullable Failure> refusals = admissions.refusals(speakers, now);
            List<Saying> admitted = new ArrayList<>(said.size());
            for (int i = 0; i < said.size(); i++) {
                @Nullable Failure refusal = refusals.get(i);
                if (refusal == null) {
                    admitted.add(said.get(i));
                } else {
                    refuse(said.get(i), refusal);
                }
            }
            return admitted;
        }

        /// Who is too fast may be somebody who asks again because he heard no answer.
        private void refuse(Saying saying, Failure refusal) {
            Optional<Message> before =
                    refusal.kind() == Failure.Kind.RATE_LIMITED
                            ? store.saidBefore(saying.draft())
                            : Optional.empty();
            before.ifPresentOrElse(
                    message -> saying.done().complete(new Sent(message, false)),
                    () -> saying.done().completeExceptionally(refusal));
        }

        private void answer(Saying saying, MessageStore.Outcome outcome) {
            switch (outcome) {
                case MessageStore.Outcome.Appended appended ->
                        saying.done().complete(new Sent(appended.message(), true));
                case MessageStore.Outcome.Repeated repeated ->
                        saying.done().complete(new Sent(repeated.message(), false));
                case MessageStore.Outcome.Refused refused ->
                        saying.done().completeExceptionally(refused.failure());
            }
        }

        private void tell(MessageStore.Outcome outcome) {
            if (outcome instanceof MessageStore.Outcome.Appended appended) {
                tell(appended.message());
            }
        }

        /// What is stored is stored, whether it can be told now or not.
        private void tell(Message message) {
            try {
                listener.stored(message);
            } catch (RuntimeException untold) {
                log.warn("room {} is told later what was said", message.room(), untold);
                inDoubt.add(message.room());
            }
        }

        /// A fault costs those whom it hit. A database that is away costs everybody who waits, and
        /// at once: one after the other they would wait for it too long.
        private void refuse(List<? extends Work> hit, RuntimeException failed) {
            hit.forEach(work -> inDoubt.add(work.room()));
            if (isAway(failed)) {
                throw failed;
            }
            log.error("writing to a room failed", failed);
            hit.forEach(work -> work.done().completeExceptionally(failed));
        }

        private void giveUp(List<Work> batch, Throwable failed) {
            queue.drainTo(batch);
            if (!isAway(failed)) {
                log.error("a room writer failed", failed);
            } else if (!batch.isEmpty()) {
                log.warn("{} who wait to write are told to come back", batch.size());
            }
            batch.forEach(work -> work.done().completeExceptionally(failed));
        }

        /// A write that succeeds, or an idle moment in which the database answers, ends the doubt.
        private void settleDoubts(boolean isIdle) {
            if (inDoubt.isEmpty() || (isIdle && !writes.isAlive())) {
                return;
            }
            inDoubt.forEach(listener::maybeStored);
            inDoubt.clear();
        }
    }
}
