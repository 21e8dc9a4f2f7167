package madang.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        frame.text().position(frame.text().limit());
        assertThat(frame.text().remaining()).isEqualTo(3).isEqualTo(frame.size());
    }

    /// RFC 6455 §5.2: the length in seven bits, in two bytes, in eight.
    @ParameterizedTest
    @CsvSource({
        "0,8100",
        "125,817d",
        "126,817e007e",
        "65535,817effff",
        "65536,817f0000000000010000"
    })
    void its_header_tells_its_length(int size, String header) {
        byte[] wire = Frame.of("a".repeat(size)).wire();
        assertThat(HexFormat.of().formatHex(wire)).startsWith(header);
        assertThat(wire).hasSize(header.length() / 2 + size);
    }
}
