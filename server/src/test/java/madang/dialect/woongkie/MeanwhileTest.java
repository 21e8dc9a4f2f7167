package madang.dialect.woongkie;

import static org.assertj.core.api.Assertions.assertThat;

import madang.live.Frame;
import org.junit.jupiter.api.Test;

class MeanwhileTest {
    private final Meanwhile meanwhile = new Meanwhile();

    @Test
    void what_was_said_while_the_second_page_was_read_is_told_whatever_that_page_showed() {
        Frame said = frame("said after the first page");
        Frame edited = frame("an old message, edited before the second page");
        meanwhile.add(said, 150);
        meanwhile.add(edited);

        assertThat(meanwhile.after(149)).containsExactly(said, edited);
    }

    @Test
    void what_the_history_told_is_not_told_again() {
        Frame next = frame("next");
        meanwhile.add(frame("old"), 149);
        meanwhile.add(frame("newest of the history"), 150);
        meanwhile.add(next, 151);

        assertThat(meanwhile.after(150)).containsExactly(next);
    }

    @Test
    void all_is_told_in_the_order_in_which_it_happened() {
        Frame came = frame("joon came");
        Frame said = frame("hello");
        Frame deleted = frame("hello is gone");
        meanwhile.add(came);
        meanwhile.add(said, 1);
        meanwhile.add(deleted);

        assertThat(meanwhile.after(0)).containsExactly(came, said, deleted);
    }

    @Test
    void no_more_waits_than_a_socket_may_have_to_read() {
        for (int seq = 1; seq <= 256; seq++) {
            assertThat(meanwhile.add(frame("said"), seq)).isTrue();
        }
        assertThat(meanwhile.add(frame("one too many"), 257)).isFalse();
        assertThat(meanwhile.add(frame("one too many"))).isFalse();
        assertThat(meanwhile.after(0)).hasSize(256);
    }

    private static Frame frame(String text) {
        return Frame.of(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
