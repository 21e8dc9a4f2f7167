package madang.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import madang.testing.House;
import madang.testing.Person;
import org.junit.jupiter.api.Test;

/// What a visit costs.
@InBrowser
class PageWeightTest {
    private static final int MOST_BYTES = 100_000;
    private static final int MOST_REQUESTS = 12;

    /// What went over the wire since the address was opened; what the browser still had is not in
    /// it.
    private static final String WEIGH =
            """
            const entries = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
            const sent = entries.filter((entry) => entry.transferSize > 0);
            return [sent.length, sent.reduce((sum, entry) => sum + entry.transferSize, 0)];
            """;

    private record Weight(long requests, long bytes) {
        static Weight of(Window window) {
            List<?> numbers = (List<?>) window.run(WEIGH);
            return new Weight(number(numbers.getFirst()), number(numbers.getLast()));
        }

        private static long number(Object value) {
            return ((Number) value).longValue();
        }
    }

    @Test
    void the_second_visit_is_light() {
        try (House house = Scene.house();
                Window window = Browser.open(house, Look.KOREAN)) {
            Scene scene = new Scene(house);
            Person mina = scene.person("mina", "미나");
            scene.says(mina, scene.room("정원", mina), "차 한 잔 할까요?");

            window.goTo("/").button("로그인");
            Weight firstAtTheGate = Weight.of(window);
            window.goTo("/").button("로그인");
            Weight atTheGate = Weight.of(window);

            window.enterAs(mina.onAnotherDevice(), "/").sees("차 한 잔 할까요?");
            Weight firstInside = Weight.of(window);
            window.goTo("/").sees("차 한 잔 할까요?");
            Weight inside = Weight.of(window);

            System.out.println("gate: first " + firstAtTheGate + ", then " + atTheGate);
            System.out.println("inside: first " + firstInside + ", then " + inside);
            for (Weight weight : List.of(atTheGate, inside)) {
                assertThat(weight.bytes()).isLessThanOrEqualTo(MOST_BYTES);
                assertThat(weight.requests()).isLessThanOrEqualTo(MOST_REQUESTS);
            }
        }
    }
}
