package madang.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import madang.kit.settings.ConfigReference;
import org.junit.jupiter.api.Test;

/// `.env.example` is what the records of settings tell.
class ExampleFileTest {
    @Test
    void the_example_file_is_the_one_that_the_records_tell() throws IOException {
        Path example = root().resolve(".env.example");
        String told = ConfigReference.envExample(FromSettings.ALL);
        if (Boolean.getBoolean("update")) {
            Files.writeString(example, told);
        }
        assertThat(example).as("run this test with -Dupdate=true").hasContent(told);
    }

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve(".mvn")) ? here : here.getParent();
    }
}
