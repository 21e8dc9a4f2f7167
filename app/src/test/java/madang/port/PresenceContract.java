package madang.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import madang.kit.Id;
import madang.kit.Ids;
import madang.kit.User;
import org.junit.jupiter.api.Test;

/// What every presence promises. An adapter's test names two nodes of one Madang.
public abstract class PresenceContract {
    private final Ids ids = new Ids(InstantSource.system());
    private final Id<User> mina = ids.next();
    private final Id<User> joon = ids.next();
    private final String garden = "room:" + ids.next();

    protected abstract Presence here();

    /// Another node, or the same presence where there is only one.
    protected abstract Presence there();

    @Test
    void three_tabs_are_one_guest() {
        assertThat(here().enter(garden, mina, "tab 1")).isTrue();
        assertThat(here().enter(garden, mina, "tab 2")).isFalse();
        assertThat(there().enter(garden, mina, "phone")).isFalse();
        assertThat(there().enter(garden, joon, "laptop")).isTrue();

        assertThat(here().count(garden)).isEqualTo(2);
        assertThat(there().online(garden, 10)).containsExactlyInAnyOrder(mina, joon);

        assertThat(here().leave(garden, mina, "tab 1")).isFalse();
        assertThat(there().leave(garden, mina, "phone")).isFalse();
        assertThat(here().leave(garden, mina, "tab 2")).isTrue();
        assertThat(here().online(garden, 10)).containsExactly(joon);
    }

    @Test
    void coming_and_going_twice_changes_nothing() {
        assertThat(here().enter(garden, mina, "tab 1")).isTrue();
        assertThat(here().enter(garden, mina, "tab 1")).isFalse();
        assertThat(here().leave(garden, mina, "another tab")).isFalse();
        assertThat(here().count(garden)).isEqualTo(1);
        assertThat(here().leave(garden, mina, "tab 1")).isTrue();
        assertThat(here().leave(garden, mina, "tab 1")).isFalse();
        assertThat(here().enter(garden, mina, "tab 1")).isTrue();
    }

    @Test
    void places_do_not_know_each_other() {
        here().enter(garden, mina, "tab 1");
        String kitchen = "room:" + ids.next();
        assertThat(here().count(kitchen)).isZero();
        assertThat(here().online(kitchen, 10)).isEmpty();
        assertThat(here().enter(kitchen, mina, "tab 1")).isTrue();
        assertThat(here().leave(garden, mina, "tab 1")).isTrue();
        assertThat(here().online(kitchen, 10)).containsExactly(mina);
    }

    @Test
    void several_places_are_asked_at_once() {
        here().enter(garden, mina, "tab 1");
        there().enter(garden, joon, "tab 1");
        String kitchen = "room:" + ids.next();
        there().enter(kitchen, mina, "tab 2");
        Map<String, List<Id<User>>> online =
                here().online(List.of(garden, kitchen, "room:" + ids.next()), 10);
        assertThat(online.get(garden)).containsExactlyInAnyOrder(mina, joon);
        assertThat(online.get(kitchen)).containsExactly(mina);
        assertThat(online.values()).filteredOn(users -> !users.isEmpty()).hasSize(2);
        assertThat(here().online(List.of(garden), 1).get(garden)).hasSize(1);
    }

    @Test
    void a_crowd_is_counted_whole_and_shown_in_part() {
        IntStream.range(0, 150).forEach(i -> here().enter(garden, ids.next(), "tab " + i));
        assertThat(there().count(garden)).isEqualTo(150);
        assertThat(there().online(garden, 100)).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void of_some_it_says_who_is_there() {
        Id<User> stranger = ids.next();
        here().enter(garden, mina, "tab 1");
        there().enter(garden, joon, "tab 1");
        here().enter("room:" + ids.next(), stranger, "tab 1");

        assertThat(there().among(garden, List.of(mina, stranger, mina))).containsExactly(mina);
        assertThat(here().among(garden, List.of(mina, joon))).containsExactlyInAnyOrder(mina, joon);
        assertThat(here().among(garden, List.of())).isEmpty();
        assertThat(here().among("room:" + ids.next(), List.of(mina))).isEmpty();
    }

    @Test
    void of_many_at_once_one_is_first_and_one_is_last() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var entered =
                    IntStream.range(0, 64)
                            .mapToObj(i ->
                                    threads.submit(() -> node(i).enter(garden, mina, "tab " + i)))
                            .toList();
            int firsts = 0;
            for (var enter : entered) {
                firsts += enter.get() ? 1 : 0;
            }
            var left =
                    IntStream.range(0, 64)
                            .mapToObj(i ->
                                    threads.submit(() -> node(i).leave(garden, mina, "tab " + i)))
                            .toList();
            int lasts = 0;
            for (var leave : left) {
                lasts += leave.get() ? 1 : 0;
            }
            assertThat(firsts).isEqualTo(1);
            assertThat(lasts).isEqualTo(1);
        }
        assertThat(here().count(garden)).isZero();
    }

    private Presence node(int i) {
        return i % 2 == 0 ? here() : there();
    }
}
