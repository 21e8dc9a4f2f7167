package madang.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLogTest {
    @TempDir Path temp;

    @Test
    void who_talks_for_ever_fills_two_files_and_no_disk() throws Exception {
        Path file = temp.resolve("postgres.log");
        ServerLog log = new ServerLog(file);
        String sigh = "s".repeat(10_000);
        for (int i = 0; i < 6_000; i++) {
            log.add(sigh);
        }
        assertThat(Files.size(file)).isLessThan(9L << 20);
        assertThat(Files.size(temp.resolve("postgres.log.1"))).isLessThan(9L << 20);
    }

    @Test
    void last_words_are_few_and_of_this_life() {
        ServerLog log = new ServerLog(temp.resolve("nowhere/postgres.log"));
        log.add("an earlier life");
        log.forget();
        for (int i = 1; i <= 9; i++) {
            log.add("word " + i);
        }
        assertThat(log.lastWords()).isEqualTo("word 4; word 5; word 6; word 7; word 8; word 9");
    }
}
