package madang.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import madang.embedded.MemoryPresence;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Ids;
import madang.kit.User;
import madang.port.Presence;
import org.junit.jupiter.api.Test;

class AttendanceTest {
    private final Ids ids = new Ids(InstantSource.system());
    private final Id<User> mina = ids.next();
    private final Set<Id<User>> withSocket = new HashSet<>();
    private final List<Id<User>> told = new ArrayList<>();
    private final Presence presence = new MemoryPresence();
    private long nanos;
    private final Attendance here = attendance(presence, "here");

    @Test
    void who_opens_a_socket_is_there_and_ten_tabs_are_told_once() {
        opens();
        here.settle();
        opens();
        here.settle();
        assertThat(told).containsExactly(mina);
        assertThat(isOnline()).isTrue();
    }

    @Test
    void who_loads_the_page_anew_has_not_been_away() {
        opens();
        here.settle();
        closes();
        passes(Attendance.GRACE.minusMillis(1));
        here.settle();
        opens();
        passes(Duration.ofSeconds(5));
        here.settle();
        assertThat(told).containsExactly(mina);
        assertThat(isOnline()).isTrue();
    }

    @Test
    void who_closes_the_last_socket_is_gone_a_moment_later() {
        opens();
        here.settle();
        closes();
        here.settle();
        assertThat(isOnline()).isTrue();
        passes(Attendance.GRACE);
        here.settle();
        assertThat(isOnline()).isFalse();
        assertThat(told).containsExactly(mina, mina);
    }

    @Test
    void who_comes_and_goes_between_two_rounds_was_never_there() {
        opens();
        closes();
        passes(Attendance.GRACE);
        here.settle();
        assertThat(told).isEmpty();
    }

    @Test
    void who_is_on_another_node_too_is_there_until_he_leaves_both() {
        presence.enter(People.PLACE, mina, "there");
        opens();
        here.settle();
        assertThat(told).as("he was there already").isEmpty();
        closes();
        passes(Attendance.GRACE);
        here.settle();
        assertThat(isOnline()).isTrue();
        assertThat(told).isEmpty();
    }

    @Test
    void what_presence_could_not_be_told_it_is_told_the_next_time() {
        Away away = new Away();
        Attendance attendance = attendance(away, "here");
        withSocket.add(mina);
        attendance.moved(mina);
        away.isAway = true;
        assertThat(org.assertj.core.api.Assertions.catchThrowable(attendance::settle))
                .isInstanceOf(Failure.class);
        away.isAway = false;
        attendance.settle();
        assertThat(told).containsExactly(mina);
        assertThat(away.among(People.PLACE, List.of(mina))).containsExactly(mina);
    }

    private Attendance attendance(Presence told, String node) {
        return new Attendance(withSocket::contains, told, node, () -> nanos, this.told::add);
    }

    private void opens() {
        withSocket.add(mina);
        here.moved(mina);
    }

    private void closes() {
        withSocket.remove(mina);
        here.moved(mina);
    }

    private void passes(Duration time) {
        nanos += time.toNanos();
    }

    private boolean isOnline() {
        return !presence.among(People.PLACE, List.of(mina)).isEmpty();
    }

    /// A presence that is out of reach for a while.
    private static final class Away implements Presence {
        private final Presence real = new MemoryPresence();
        private boolean isAway;

        private Presence real() {
            if (isAway) {
                throw Failure.unavailable();
            }
            return real;
        }

        @Override
        public boolean enter(String place, Id<User> user, String connection) {
            return real().enter(place, user, connection);
        }

        @Override
        public boolean leave(String place, Id<User> user, String connection) {
            return real().leave(place, user, connection);
        }

        @Override
        public List<Id<User>> online(String place, int limit) {
            return real().online(place, limit);
        }

        @Override
        public Set<Id<User>> among(String place, Collection<Id<User>> users) {
            return real().among(place, users);
        }

        @Override
        public int count(String place) {
            return real().count(place);
        }
    }
}
