package madang.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/// Names are made by many at once, and the clock may stand still meanwhile.
class RacesTest {
    private static final int MAKERS = 8;
    private static final int EACH = 20_000 * Integer.getInteger("scale", 1);

    @Test
    void no_two_names_are_the_same_and_each_makers_are_in_order() throws Exception {
        Ids ids = new Ids(Clock.fixed(Instant.EPOCH.plusSeconds(1_800_000_000), ZoneOffset.UTC));
        Collection<List<Id<User>>> made = new ConcurrentLinkedQueue<>();
        List<Thread> makers = new ArrayList<>();
        for (int i = 0; i < MAKERS; i++) {
            makers.add(Thread.ofPlatform().start(() -> made.add(some(ids))));
        }
        for (Thread maker : makers) {
            maker.join();
        }
        Set<Id<User>> all = new HashSet<>();
        for (List<Id<User>> ofOne : made) {
            assertThat(ofOne).isSorted();
            all.addAll(ofOne);
        }
        assertThat(all).hasSize(MAKERS * EACH);
    }

    private static List<Id<User>> some(Ids ids) {
        List<Id<User>> made = new ArrayList<>(EACH);
        for (int i = 0; i < EACH; i++) {
            made.add(ids.next());
        }
        return made;
    }
}
