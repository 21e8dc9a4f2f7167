package madang.social;

import static madang.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Http;
import madang.testing.Person;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// A vendor who is ill takes nothing from anybody but those who want to come in by him: no thread,
/// no connection, no answer. Counted while forty people hang at him.
class SickVendorTest {
    private static final int PEOPLE = 40;

    /// Beyond the calls in flight that a vendor may have; they are refused at once.
    private static final int TURNED_AWAY = 8;

    /// The client of the whole JVM and its carriers may add some; forty would be one a call.
    private static final int A_FEW_THREADS = 16;

    /// Those that jobs may use just then.
    private static final int A_FEW_CONNECTIONS = 6;

    @ParameterizedTest
    @CsvSource({"KAKAO, black_hole", "GOOGLE, drip", "NAVER, black_hole"})
    void while_some_hang_at_him_all_others_are_answered(Provider sick, String kind)
            throws Exception {
        try (House house = House.open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Person mina = house.person("mina");
            List<Runnable> arrivals = new ArrayList<>();
            List<Answer> answers = new ArrayList<>();
            for (int i = 0; i < PEOPLE; i++) {
                Browser browser = new Browser(house);
                String back = browser.comesBack(sick.toString(), "minji");
                arrivals.add(() -> keep(answers, browser.get(back)));
            }
            int threadsBefore = platformThreads();
            order(house, sick, kind);
            List<Future<?>> hanging = new ArrayList<>();
            arrivals.forEach(arrival -> hanging.add(threads.submit(arrival)));
            eventually(() -> done(hanging) >= TURNED_AWAY);

            int rounds = 0;
            int most = 0;
            int connections = 0;
            while (done(hanging) == TURNED_AWAY) {
                everybodyElseIsAnswered(house, mina, sick, rounds++);
                most = Math.max(most, platformThreads() - threadsBefore);
                connections = Math.max(connections, house.wiring().db().load().active());
            }
            assertThat(rounds).as("rounds of others while they hung").isPositive();
            assertThat(most).as("threads of the system").isLessThan(A_FEW_THREADS);
            assertThat(connections).as("connections to the database").isLessThan(A_FEW_CONNECTIONS);
            System.out.printf(
                    "%s %s: %d hung, %d rounds of others meanwhile, %d more threads, %d connections%n",
                    sick, kind, PEOPLE - TURNED_AWAY, rounds, most, connections);
            for (Future<?> one : hanging) {
                one.get();
            }
            assertThat(answers)
                    .hasSize(PEOPLE)
                    .allSatisfy(answer ->
                            assertThat(answer.header("Location"))
                                    .startsWith("/welcome?error=PROVIDER_UNAVAILABLE"));
            everybodyElseIsAnswered(house, mina, sick, rounds);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nonsense_and_refusals_of_his_stay_his(Provider sick) throws Exception {
        try (House house = House.open()) {
            Person mina = house.person("mina");
            for (String kind : List.of("status", "garbage", "html", "reset", "deep")) {
                order(house, sick, kind);
                for (int i = 0; i < 3; i++) {
                    Browser browser = new Browser(house);
                    assertThat(browser.signsIn(sick.toString(), "minji").header("Location"))
                            .startsWith("/welcome?error=PROVIDER_UNAVAILABLE");
                    everybodyElseIsAnswered(house, mina, sick, i);
                }
                house.stranger().post("/sandbox/faults/clear", "{}");
            }
        }
    }

    private static void everybodyElseIsAnswered(House house, Person mina, Provider sick, int n) {
        assertThat(mina.http().get("/api/v1/users/me").status()).isEqualTo(200);
        assertThat(mina.http().get("/api/v1/chat/rooms").status()).isEqualTo(200);
        assertThat(mina.onAnotherDevice().accessToken()).isNotEmpty();
        assertThat(house.stranger().get("/ready").status()).isEqualTo(200);
        List<Provider> others =
                Arrays.stream(Provider.values()).filter(each -> each != sick).toList();
        Provider well = others.get(n % others.size());
        assertThat(new Browser(house).signsIn(well.toString(), "minji").header("Location"))
                .as("%s is well", well)
                .isEqualTo("/");
    }

    private static void order(House house, Provider vendor, String kind) {
        Http web = house.stranger();
        Answer ordered =
                web.post(
                        "/sandbox/faults",
                        "{\"vendor\":\"%s\",\"kind\":\"%s\"}".formatted(vendor, kind));
        assertThat(ordered.status()).as(ordered.text()).isLessThan(300);
    }

    private static void keep(List<Answer> answers, Answer answer) {
        synchronized (answers) {
            answers.add(answer);
        }
    }

    private static long done(List<Future<?>> all) {
        return all.stream().filter(Future::isDone).count();
    }

    private static int platformThreads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }
}
