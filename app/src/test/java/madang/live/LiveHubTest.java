package madang.live;

import static madang.live.LiveServer.eventually;
import static madang.testing.RawSocket.FIN;
import static madang.testing.RawSocket.PING;
import static madang.testing.RawSocket.PONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import madang.live.LiveServer.Guest;
import madang.testing.RawSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LiveHubTest {
    private final LiveServer server = new LiveServer();
    private final LiveHub hub = server.hub;

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_thousand_messages_keep_their_order() throws IOException {
        try (RawSocket mina = server.connect("mina")) {
            Thread.startVirtualThread(() -> {
                for (int i = 0; i < 1_000; i++) {
                    mina.say(
                            "{\"id\":%d,\"method\":\"echo\",\"params\":{\"text\":\"%d\"}}"
                                    .formatted(i, i));
                }
            });
            for (int i = 0; i < 1_000; i++) {
                assertThat(mina.hears())
                        .isEqualTo("{\"id\":%d,\"result\":{\"text\":\"%d\"}}".formatted(i, i));
            }
        }
    }

    @Test
    void only_those_who_hear_the_topic_are_told() throws IOException {
        Guest mina = server.guest("mina");
        Guest joon = server.guest("joon");
        Guest sora = server.guest("sora");
        hub.hear(mina.socket(), "yard");
        hub.hear(joon.socket(), "yard");
        hub.hear(joon.socket(), "kitchen");
        hub.unhear(joon.socket(), "yard");

        hub.tell("yard", Frame.of("tea"));
        hub.tell("kitchen", Frame.of("coffee"));
        hub.tell("nowhere", Frame.of("cake"));
        hub.tellUser(server.user("sora"), Frame.of("hello"));

        assertThat(mina.peer().hears()).isEqualTo("tea");
        assertThat(joon.peer().hears()).isEqualTo("coffee");
        assertThat(sora.peer().hears()).isEqualTo("hello");
        assertThat(mina.peer().hearsNothingFor(100)).isTrue();
        assertThat(joon.peer().hearsNothingFor(100)).isTrue();
        assertThat(hub.audience("yard")).isEqualTo(1);
        assertThat(hub.figures().topics()).isEqualTo(2);
    }

    @Test
    void a_first_word_comes_before_what_others_say_meanwhile() throws IOException {
        Guest mina = server.guest("mina");
        mina.socket()
                .sendFirst(() -> {
                    hub.hear(mina.socket(), "yard");
                    hub.tell("yard", Frame.of("one"));
                    hub.tellUser(server.user("mina"), Frame.of("two"));
                    return Frame.of("welcome");
                });
        hub.tell("yard", Frame.of("three"));
        for (String said : List.of("welcome", "one", "two", "three")) {
            assertThat(mina.peer().hears()).isEqualTo(said);
        }
        assertThatThrownBy(() ->
                        mina.socket()
                                .sendFirst(() -> {
                                    hub.tell("yard", Frame.of("four"));
                                    throw new IllegalStateException("no word");
                                }))
                .hasMessage("no word");
        assertThat(mina.peer().hears()).as("nobody is kept waiting").isEqualTo("four");
    }

    @Test
    void all_sockets_of_a_user_are_told_and_some_of_a_topic_can_be() {
        Guest tab = server.guest("mina");
        Guest phone = server.guest("mina");
        Guest joon = server.guest("joon");
        List.of(tab, phone, joon).forEach(guest -> hub.hear(guest.socket(), "yard"));

        hub.tellUser(server.user("mina"), Frame.of("yours"));
        hub.tell(
                "yard",
                Frame.of("to others"),
                socket -> !socket.caller().user().equals(server.user("mina")));

        assertThat(tab.peer().hears()).isEqualTo("yours");
        assertThat(phone.peer().hears()).isEqualTo("yours");
        assertThat(joon.peer().hears()).isEqualTo("to others");
        assertThat(hub.socketsOf(server.user("mina"))).hasSize(2);
        assertThat(hub.figures().users()).isEqualTo(2);
    }

    @Test
    void a_slow_reader_is_closed_with_1013_and_harms_nobody() throws IOException {
        Guest slow = server.guest(RawSocket.openNarrow(server.port(), "/ws?slow"));
        List<Guest> others = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            others.add(server.guest("guest" + i));
        }
        others.forEach(guest -> hub.hear(guest.socket(), "yard"));
        hub.hear(slow.socket(), "yard");

        int frames = 0;
        for (; slow.socket().isOpen(); frames++) {
            hub.tell("yard", LiveServer.frame(16));
            // Those who read keep up: only the slow one has an excuse to be slow.
            others.forEach(guest -> assertThat(guest.peer().hears()).hasSize(16 * 1024));
        }

        assertThat(frames).isLessThan(1_000);
        assertThat(hub.audience("yard")).isEqualTo(20);
        assertThat(hub.figures().tooSlow()).isEqualTo(1);
        assertThat(slow.peer().closeCode()).isEqualTo(1013);
        eventually(() -> server.closedNow().equals(List.of(slow.socket())));
    }

    @Test
    void a_reader_that_never_reads_is_cut_off() throws Exception {
        Guest slow = server.guest(RawSocket.openNarrow(server.port(), "/ws?slow"));
        while (slow.socket().isOpen()) {
            slow.socket().send(LiveServer.frame(16));
            Thread.sleep(1); // so that it is the peer who does not keep up, not our own writer
        }
        assertThat(hub.count()).isEqualTo(1);
        server.passes(Duration.ofSeconds(3));
        eventually(() -> hub.count() == 0);
        assertThat(slow.peer().closeCode()).isIn(1013, RawSocket.NO_CLOSE_FRAME);
    }

    @Test
    void who_asks_without_reading_is_read_more_slowly_and_loses_nothing() throws Exception {
        Guest eager = server.guest(RawSocket.openNarrow(server.port(), "/ws?eager"));
        for (int i = 0; i < 40; i++) {
            eager.peer().say("{\"id\":1,\"method\":\"large\",\"params\":{\"text\":\"tea\"}}");
        }
        Thread.sleep(200); // more than enough to answer all of them, were there room
        assertThat(eager.socket().isOpen()).isTrue();
        assertThat(IntStream.range(0, 40).mapToObj(_ -> eager.peer().hears()))
                .hasSize(40)
                .allMatch(answer -> answer.length() > 300_000);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("departures")
    void a_departure_is_noticed_once(String way, Consumer<RawSocket> departs) {
        Guest mina = server.guest("mina");
        Guest joon = server.guest("joon");
        hub.hear(mina.socket(), "yard");
        hub.hear(mina.socket(), "kitchen");

        departs.accept(mina.peer());

        eventually(() -> hub.count() == 1 && !server.closed.isEmpty());
        assertThat(mina.socket().topics()).containsExactlyInAnyOrder("yard", "kitchen");
        assertThat(hub.figures().topics()).isZero();
        assertThat(hub.figures().users()).isEqualTo(1);
        server.passes(Duration.ofSeconds(5));
        mina.socket().send(Frame.of("to nobody"));
        mina.socket().close(4000, "too late");
        assertThat(hub.hear(mina.socket(), "yard")).isFalse();
        joon.peer().saysGoodbye(1000);
        eventually(() -> server.closed.size() == 2);
        assertThat(server.closedNow()).containsExactly(mina.socket(), joon.socket());
        eventually(() -> departuresCounted() == 2);
    }

    private long departuresCounted() {
        return hub.figures().closed().values().stream().mapToLong(Long::longValue).sum();
    }

    static Stream<Arguments> departures() {
        return Stream.of(
                departure("FIN", RawSocket::hangsUp),
                departure("RST", RawSocket::vanishes),
                departure("a goodbye", peer -> peer.saysGoodbye(1000)),
                departure(
                        "a goodbye, then RST",
                        peer -> {
                            peer.saysGoodbye(1000);
                            peer.vanishes();
                        }),
                departure("FIN within a frame", peer -> peer.raw((byte) 0x81).hangsUp()),
                departure("a mistake", peer -> peer.raw((byte) 0xFF)));
    }

    private static Arguments departure(String way, Consumer<RawSocket> departs) {
        return Arguments.of(way, departs);
    }

    @Test
    void silence_is_asked_twice_and_then_is_death() throws IOException {
        Guest mina = server.guest("mina");
        Guest joon = server.guest("joon");
        isAnswered(mina);
        isAnswered(joon);

        server.passes(Duration.ofSeconds(24));
        assertThat(mina.peer().hearsNothingFor(100)).isTrue();
        server.passes(Duration.ofSeconds(2));
        assertThat(mina.peer().next().opcode()).isEqualTo(PING);
        assertThat(joon.peer().next().opcode()).isEqualTo(PING);
        joon.peer().frame(FIN | PONG);
        isAnswered(joon);
        server.passes(Duration.ofSeconds(25));
        assertThat(mina.peer().next().opcode()).isEqualTo(PING);
        server.passes(Duration.ofSeconds(9));

        eventually(() -> hub.count() == 1);
        eventually(() -> server.closedNow().equals(List.of(mina.socket())));
        assertThat(joon.socket().isOpen()).isTrue();
        assertThat(hub.figures().closed()).isEqualTo(Map.of(1006, 1L));
    }

    /// A call that is answered: what was said before it has been heard. The pong comes when the
    /// call's turn is over, which is the last sign of life that the hub takes from it.
    private static void isAnswered(Guest guest) throws IOException {
        guest.peer().say("{\"id\":1,\"method\":\"echo\",\"params\":{\"text\":\"heard\"}}");
        assertThat(guest.peer().hears()).contains("heard");
        guest.peer().frame(FIN | PING);
        assertThat(guest.peer().next().opcode()).isEqualTo(PONG);
    }

    @Test
    void hearing_and_closing_may_race_and_leave_nothing_behind() {
        for (int i = 0; i < 200; i++) {
            Guest mina = server.guest("mina");
            Thread closes = Thread.startVirtualThread(() -> mina.socket().close(4000, "bye"));
            for (int topic = 0; topic < 50; topic++) {
                hub.hear(mina.socket(), "topic " + topic);
                if (topic % 3 == 0) {
                    hub.unhear(mina.socket(), "topic " + topic);
                }
            }
            mina.peer().vanishes();
            eventually(() -> !closes.isAlive());
        }
        eventually(() -> hub.count() == 0 && server.closed.size() == 200);
        assertThat(hub.figures().topics()).isZero();
        assertThat(hub.figures().users()).isZero();
    }

    @Test
    void an_ended_session_closes_its_sockets_and_no_others() {
        Guest mina = server.guest("mina");
        Guest tab = server.guest("mina");
        Guest joon = server.guest("joon");

        hub.closeSession(server.person("mina").session());

        assertThat(mina.peer().closeCode()).isEqualTo(4401);
        assertThat(tab.peer().closeCode()).isEqualTo(4401);
        assertThat(joon.socket().isOpen()).isTrue();
        hub.closeUser(server.user("joon"));
        assertThat(joon.peer().closeCode()).isEqualTo(4401);
    }

    @Test
    void a_closed_socket_is_heard_no_more_though_its_peer_lingers() throws IOException {
        Guest mina = server.guest("mina");
        hub.hear(mina.socket(), "yard");
        mina.socket().send(Frame.of("before"));
        mina.socket().close(4401, "session ended");
        hub.tell("yard", Frame.of("after"));
        mina.socket().send(Frame.of("after"));
        mina.peer().say("{\"id\":1,\"method\":\"echo\",\"params\":{\"text\":\"ignored\"}}");

        assertThat(mina.peer().hears()).isEqualTo("before");
        assertThat(mina.peer().next().closeCode()).isEqualTo(4401);
        assertThat(hub.count()).isEqualTo(1);
        server.passes(Duration.ofSeconds(3));
        assertThat(mina.peer().isHungUp()).isTrue();
        eventually(() -> hub.count() == 0);
    }

    @Test
    void a_session_that_ended_during_the_handshake_is_caught() throws IOException {
        server.ended.add(server.person("mina").session());
        try (RawSocket mina = server.connect("mina")) {
            assertThat(mina.closeCode()).isEqualTo(4401);
        }
        assertThat(server.opened).isEmpty();
    }

    @Test
    void a_stop_tells_everybody_1012_after_what_was_said() {
        List<Guest> guests = IntStream.range(0, 50).mapToObj(i -> server.guest("g" + i)).toList();
        guests.forEach(guest -> guest.socket().send(Frame.of("last words")));

        hub.stop(Duration.ofSeconds(10));

        assertThat(hub.count()).isZero();
        guests.forEach(guest -> {
            assertThat(guest.peer().hears()).isEqualTo("last words");
            assertThat(guest.peer().closeCode()).isEqualTo(1012);
        });
        assertThat(server.connect("late").closeCode()).isEqualTo(1012);
    }

    @Test
    void a_stop_does_not_wait_for_those_who_do_not_read() {
        Guest slow = server.guest(RawSocket.openNarrow(server.port(), "/ws?slow"));
        for (int i = 0; i < 200; i++) {
            slow.socket().send(LiveServer.frame(2));
        }
        IntStream.range(0, 400).forEach(_ -> slow.socket().send(LiveServer.frame(1)));
        hub.stop(Duration.ofMillis(200));
        eventually(() -> hub.count() == 0);
    }
}
