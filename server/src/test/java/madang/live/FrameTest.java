package madang.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FrameTest {

    @Test
    void a_push_wraps_what_all_nodes_share() {
        byte[] params = "{\"room\":\"7\",\"text\":\"차 한잔\"}".getBytes(UTF_8);
        assertThat(Frame.push("chat.message", params))
                .hasToString(
                        "{\"method\":\"chat.message\",\"params\":{\"room\":\"7\",\"text\":\"차 한잔\"}}");
    }

    @Test
    void each_node_adds_the_number_that_only_it_knows() {
        byte[] params = "{\"room\":\"7\"}".getBytes(UTF_8);
        assertThat(Frame.push("chat.message", params, "after", 41))
                .hasToString(
                        "{\"method\":\"chat.message\",\"params\":{\"after\":41,\"room\":\"7\"}}");
        assertThatThrownBy(() -> Frame.push("x", "{}".getBytes(UTF_8), "after", 41))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void every_writer_has_a_view_of_its_own() {
        Frame frame = Frame.of("tea");
        frame.bytes().position(3);
        assertThat(frame.bytes().remaining()).isEqualTo(3).isEqualTo(frame.size());
    }
}
