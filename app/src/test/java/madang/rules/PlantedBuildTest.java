package madang.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The build itself bites: a small module with the house's own pom as its parent, which Maven is
/// asked to build as it builds the others.
class PlantedBuildTest {
    @TempDir Path module;

    @BeforeEach
    void a_module_of_the_house() throws IOException {
        Files.writeString(module.resolve("pom.xml"), pom(Tree.ROOT.resolve("pom.xml")));
        source(
                "package-info",
                """
                @NullMarked
                package madang.planted;

                import org.jspecify.annotations.NullMarked;
                """);
    }

    @Test
    void the_compiler_bites() throws Exception {
        source(
                "Unchecked",
                """
                package madang.planted;

                import java.util.List;

                final class Unchecked {
                    static List<String> words(Object things) {
                        return (List<String>) things;
                    }
                }
                """);
        assertThat(compiled())
                .contains("BUILD FAILURE")
                .containsPattern("Unchecked.java.*unchecked")
                .contains("warnings found and -Werror specified");
    }

    @Test
    void error_prone_and_nullaway_bite() throws Exception {
        source(
                "Forgotten",
                """
                package madang.planted;

                final class Forgotten {
                    static void check(int size) {
                        new IllegalArgumentException("size " + size);
                    }
                }
                """);
        source(
                "Nothing",
                """
                package madang.planted;

                import org.jspecify.annotations.Nullable;

                final class Nothing {
                    static int length(@Nullable String text) {
                        return text.length();
                    }
                }
                """);
        assertThat(compiled())
                .contains("BUILD FAILURE")
                .containsPattern("Forgotten.java.*DeadException")
                .containsPattern("Nothing.java.*NullAway.*@Nullable");
    }

    @Test
    void the_formatter_bites() throws Exception {
        source("Ugly", "package madang.planted;\nfinal class Ugly{ int  size ;}\n");
        assertThat(maven("validate"))
                .contains("BUILD FAILURE")
                .contains("format violations")
                .contains("Ugly.java");
    }

    private static String pom(Path parent) {
        return """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <parent>
            <groupId>madang</groupId><artifactId>madang-parent</artifactId><version>0.1.0</version>
            <relativePath>%s</relativePath>
          </parent>
          <artifactId>planted</artifactId>
        </project>
        """
                .formatted(parent);
    }

    private String compiled() throws IOException, InterruptedException {
        return maven("compile", "-Dspotless.check.skip=true", "-Djacoco.skip=true");
    }

    private void source(String name, String text) throws IOException {
        Path file = module.resolve("src/main/java/madang/planted", name + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /// What Maven says.
    private String maven(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("mvn", "-B", "-ntp"));
        String repository = System.getProperty("maven.repo.local");
        if (repository != null) {
            command.add("-Dmaven.repo.local=" + repository);
        }
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).directory(module.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        // Error Prone reads the compiler's own classes; this folder has no .mvn/jvm.config.
        builder.environment().put("MAVEN_OPTS", jvmFlags());
        Path said = module.resolve("said.txt");
        builder.redirectErrorStream(true).redirectOutput(said.toFile()).start().waitFor();
        return Files.readString(said, StandardCharsets.UTF_8);
    }

    private static String jvmFlags() throws IOException {
        return String.join(" ", Files.readAllLines(Tree.ROOT.resolve(".mvn/jvm.config")));
    }
}
