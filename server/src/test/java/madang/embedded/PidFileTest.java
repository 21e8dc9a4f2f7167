package madang.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {
    @TempDir Path data;

    @Test
    void tells_who_listens_where_and_whether_it_is_ready() throws Exception {
        write("4711\n/data\n1795142000\n24283\n\n127.0.0.1\n  1234  5\nready   \n");
        assertThat(PidFile.read(data)).contains(new PidFile(4711, 24283, true));
        write("4711\n/data\n1795142000\n24283\n\n127.0.0.1\n  1234  5\nstarting\n");
        assertThat(PidFile.read(data)).contains(new PidFile(4711, 24283, false));
    }

    @Test
    void a_cut_one_says_nothing() throws Exception {
        assertThat(PidFile.read(data)).isEmpty();
        write("");
        assertThat(PidFile.read(data)).isEmpty();
        Files.write(PidFile.path(data), new byte[] {-1, 0, -2});
        assertThat(PidFile.read(data)).isEmpty();
    }

    private void write(String content) throws Exception {
        Files.writeString(PidFile.path(data), content);
    }
}
