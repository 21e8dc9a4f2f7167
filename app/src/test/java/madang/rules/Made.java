package madang.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Files of the repository that are made by a program: a test holds each against what would be made
/// now, and `-Dupdate` writes it.
final class Made {

    static void sameAs(Path file, String now) throws IOException {
        Path path = Tree.ROOT.resolve(file);
        if (System.getProperty("update") != null) {
            Files.createDirectories(path.getParent());
            Files.writeString(path, now);
        }
        assertThat(path).as("%s is old: run this test with -Dupdate", file).hasContent(now);
    }

    private Made() {}
}
