package madang.chat;

import static madang.testing.Eventually.eventually;
import static madang.testing.Town.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import madang.kit.Id;
import madang.kit.db.Db;
import madang.kit.db.Tx;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Http;
import madang.testing.Person;
import madang.testing.Scale;
import madang.testing.Talker;
import madang.testing.Town;
import madang.testing.Twins;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Three times as many sends as a house can take, over HTTP and sockets, from people who do not
/// wait for each other: about as many are acknowledged as at the best of times, none of those is
/// lost, the others are told at once to come back, and when they stop all is well. The disk is made
/// slow, so that it is the house and not this test that cannot keep up. How soon is printed,
/// because a busy machine decides it. `-Dscale=` lengthens the storm.
class OverloadTest {
    /// How long the disk takes for one batch, whosever it is.
    private static final int BATCH_MILLIS = 250;

    /// So it can take at most so many: a batch has 128.
    private static final int MOST_PER_SECOND = 128 * 1_000 / BATCH_MILLIS;

    private static final int WARM_SECONDS = 1;
    private static final int CALM_SECONDS = 2;
    private static final int STORM_SECONDS = Scale.times(3, 60);

    private static final int PEOPLE = 8;

    /// As many speak over HTTP. Together they are enough to fill every batch that the disk takes.
    private static final int SOCKETS = 256;

    /// Each request on a connection of its own; HTTP/2 would let only 128 go at once.
    private static final HttpClient ONE_BY_ONE =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AutoClose private static Twins twins;

    /// Who says something, and hears whether that was stored.
    private interface Voice {
        Heard says(String text);
    }

    /// The code of a refusal, or nothing; how long until it came; whether it told when to come
    /// back.
    private record Heard(String code, long nanos, boolean toldWhen) {
        boolean isAck() {
            return code.isEmpty();
        }

        boolean isRefusal() {
            return code.equals("SERVICE_UNAVAILABLE") || code.equals("RATE_LIMIT_EXCEEDED");
        }
    }

    private final AtomicInteger words = new AtomicInteger();
    private final Set<String> acked = ConcurrentHashMap.newKeySet();
    private final Queue<Heard> heard = new ConcurrentLinkedQueue<>();
    private final List<Talker> talkers = new ArrayList<>();
    private final List<Voice> byHttp = new ArrayList<>();
    private final List<Voice> bySocket = new ArrayList<>();
    private String room;

    @BeforeAll
    static void open() {
        twins = Twins.open();
    }

    @ParameterizedTest(name = "{0} nodes")
    @ValueSource(ints = {1, 2})
    void overrun_it_goes_on_acknowledging_and_refuses_the_rest(int nodes) throws Exception {
        furnish(List.of(twins.here(), twins.there()).subList(0, nodes), nodes);
        Db db = twins.there().wiring().db();
        db.run(tx -> makeDisk(tx, BATCH_MILLIS));
        calm(WARM_SECONDS);
        int best = acks(calm(CALM_SECONDS)) / CALM_SECONDS;
        int tooMany = 3 * Math.max(best, MOST_PER_SECOND);
        Collection<Heard> inStorm = storm(tooMany);
        long over = System.nanoTime();
        db.run(tx -> makeDisk(tx, 0));
        eventually(() -> say(byHttp.getFirst()).isAck() && say(bySocket.getFirst()).isAck());
        long wellAgain = System.nanoTime() - over;
        talkers.forEach(Talker::close);

        Set<String> stored = stored(db);
        List<String> lost = acked.stream().filter(text -> !stored.contains(text)).toList();
        List<Heard> refusals = inStorm.stream().filter(Heard::isRefusal).toList();
        List<Heard> acks = inStorm.stream().filter(Heard::isAck).toList();
        int goodput = 100 * acks.size() / Math.max(1, best * STORM_SECONDS);
        System.out.printf(
                "overload, %d nodes: best %d/s; at %d/s %d %% of the best acked after %s, %d refused"
                        + " after %s; %d acked in all, %d of them lost; well again after %d ms%n",
                nodes,
                best,
                tooMany,
                goodput,
                times(acks),
                refusals.size(),
                times(refusals),
                acked.size(),
                lost.size(),
                TimeUnit.NANOSECONDS.toMillis(wellAgain));
        assertThat(heard).allMatch(one -> one.isAck() || one.isRefusal());
        assertThat(lost).isEmpty();
        assertThat(refusals).isNotEmpty().allMatch(Heard::toldWhen);
        assertThat(goodput).as("acked, of the best").isGreaterThan(33);
    }

    /// People and sockets of all these nodes, in one room.
    private void furnish(List<House> houses, int nodes) {
        List<Person> people = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            people.add(houses.get(i % houses.size()).person("talker" + nodes + "x" + i));
        }
        room =
                people.getFirst()
                        .http()
                        .post(
                                "/api/v1/chat/rooms",
                                json(Map.of("name", Town.name(), "type", "public")))
                        .text("id");
        for (Person person : people) {
            person.http().post("/api/v1/chat/rooms/" + room + "/join");
            Http http = person.http().by(ONE_BY_ONE);
            byHttp.add(text -> byHttp(http, text));
        }
        for (int i = 0; i < SOCKETS; i++) {
            Person person = people.get(i % PEOPLE);
            Talker talker = Talker.connect(person.house().port(), person.accessToken());
            talkers.add(talker);
            bySocket.add(text -> bySocket(talker, text));
        }
    }

    /// As many as wait for each other can say, half of them by sockets.
    private Collection<Heard> calm(int seconds) throws InterruptedException {
        Queue<Heard> now = new ConcurrentLinkedQueue<>();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        List<Thread> speakers = new ArrayList<>();
        for (int i = 0; i < SOCKETS; i++) {
            for (Voice voice : List.of(bySocket.get(i), byHttp.get(i % PEOPLE))) {
                speakers.add(
                        Thread.startVirtualThread(() -> {
                            while (System.nanoTime() < end) {
                                now.add(say(voice));
                            }
                        }));
            }
        }
        for (Thread speaker : speakers) {
            speaker.join();
        }
        return now;
    }

    /// So many each second, whatever becomes of those before. Every other one speaks by a socket,
    /// if there is one that waits for no answer.
    private Collection<Heard> storm(int perSecond) throws InterruptedException {
        Queue<Heard> now = new ConcurrentLinkedQueue<>();
        Queue<Voice> idle = new ConcurrentLinkedQueue<>(bySocket);
        int all = perSecond * STORM_SECONDS;
        CountDownLatch answered = new CountDownLatch(all);
        long begin = System.nanoTime();
        for (int i = 0; i < all; i++) {
            long due = begin + i * TimeUnit.SECONDS.toNanos(1) / perSecond;
            LockSupport.parkNanos(due - System.nanoTime());
            Voice socket = i % 2 == 0 ? idle.poll() : null;
            Voice voice = socket == null ? byHttp.get(i % PEOPLE) : socket;
            Thread.startVirtualThread(() -> {
                now.add(say(voice));
                if (socket != null) {
                    idle.add(socket);
                }
                answered.countDown();
            });
        }
        assertThat(answered.await(60, TimeUnit.SECONDS)).as("everybody is answered").isTrue();
        return now;
    }

    private Heard say(Voice voice) {
        String text = "word " + words.incrementAndGet();
        Heard answer = voice.says(text);
        heard.add(answer);
        if (answer.isAck()) {
            acked.add(text);
        }
        return answer;
    }

    private Heard bySocket(Talker talker, String text) {
        long begin = System.nanoTime();
        try {
            JsonNode answer =
                    talker.callsLater("chat.send", "room", room, "text", text, "client_key", text)
                            .orTimeout(30, TimeUnit.SECONDS)
                            .join();
            boolean toldWhen = answer.path("error").has("retry_after_ms");
            return new Heard(Talker.code(answer), System.nanoTime() - begin, toldWhen);
        } catch (CompletionException silent) {
            return new Heard(silent.toString(), System.nanoTime() - begin, false);
        }
    }

    private Heard byHttp(Http http, String text) {
        long begin = System.nanoTime();
        try {
            Answer answer =
                    http.post(
                            "/api/v1/chat/rooms/" + room + "/messages",
                            json(Map.of("text", text, "client_key", text)));
            String code = answer.status() == 201 ? "" : answer.code();
            boolean toldWhen = !answer.header("Retry-After").isEmpty();
            return new Heard(code, System.nanoTime() - begin, toldWhen);
        } catch (UncheckedIOException cut) {
            return new Heard(cut.toString(), System.nanoTime() - begin, false);
        }
    }

    private Set<String> stored(Db db) {
        List<String> texts =
                db.read(tx ->
                        tx.sql(
                                        """
                                        select text from chat.message
                                        where room_id = :room and kind = 'TEXT'
                                        """)
                                .with("room", Id.parse(room))
                                .list(String.class));
        Set<String> stored = new HashSet<>(texts);
        assertThat(stored).as("each once").hasSize(texts.size());
        return stored;
    }

    private static int acks(Collection<Heard> answers) {
        return (int) answers.stream().filter(Heard::isAck).count();
    }

    private static String times(List<Heard> answers) {
        return "%d ms (p99 %d)".formatted(millis(answers, 50), millis(answers, 99));
    }

    private static long millis(List<Heard> answers, int percentile) {
        List<Long> sorted = answers.stream().map(Heard::nanos).sorted().toList();
        return sorted.isEmpty()
                ? 0
                : TimeUnit.NANOSECONDS.toMillis(sorted.get((sorted.size() - 1) * percentile / 100));
    }

    /// From now on whoever stores messages waits so long for the disk.
    private static void makeDisk(Tx tx, int batchMillis) {
        tx.sql(
                        """
                        create or replace function chat.wait_for_disk() returns trigger
                        language plpgsql as
                        'begin perform pg_sleep(%d / 1000.0); return null; end'
                        """
                                .formatted(batchMillis))
                .count();
        tx.sql(
                        """
                        create or replace trigger wait_for_disk before insert on chat.message
                        for each statement execute function chat.wait_for_disk()
                        """)
                .count();
    }
}
