package madang.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinariesTest {
    @TempDir Path temp;

    @Test
    void machines_are_named_as_the_archives_are() {
        assertThat(Binaries.archiveName("Linux", "amd64")).isEqualTo("/postgres-linux-x86_64.txz");
        assertThat(Binaries.archiveName("Linux", "aarch64"))
                .isEqualTo("/postgres-linux-arm_64.txz");
        assertThat(Binaries.archiveName("Mac OS X", "aarch64"))
                .isEqualTo("/postgres-darwin-arm_64.txz");
    }

    @Test
    void two_at_once_and_a_cut_before_them_leave_one_whole_folder() throws Exception {
        Path folder = Binaries.in(temp).folder();
        Path cut = folder.resolveSibling(folder.getFileName() + ".new");
        Files.move(folder, cut);
        Files.delete(cut.resolve("bin/postgres"));

        var other = CompletableFuture.supplyAsync(() -> unpacked(temp));
        Binaries ours = unpacked(temp);

        assertThat(other.join()).isEqualTo(ours);
        assertThat(Path.of(ours.postgres())).isExecutable();
        assertThat(Path.of(ours.initdb())).isExecutable();
        assertThat(Path.of(ours.pgCtl())).isExecutable();
        assertThat(cut).doesNotExist();
    }

    private static Binaries unpacked(Path home) {
        try {
            return Binaries.in(home);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
