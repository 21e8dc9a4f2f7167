package madang.kit.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rule 7: what is written about the settings is what is read, and every name that the papers
/// promise is accepted.
class ReferenceTest {
    @TempDir Path home;

    @Test
    void the_example_file_changes_nothing() {
        Desk desk = new Desk(home).dotEnv(ConfigReference.envExample(Desk.ALL));
        assertThat(desk.problems()).isEmpty();
        assertThat(desk.get(DatabaseSettings.class))
                .isEqualTo(new Desk(home.resolve("other")).get(DatabaseSettings.class));
    }

    @Test
    void every_default_of_the_example_can_be_read() {
        String switchedOn =
                ConfigReference.envExample(Desk.ALL)
                        .lines()
                        .filter(line -> line.matches("#[A-Z_]+=.*"))
                        .map(line -> line.substring(1))
                        .collect(Collectors.joining("\n"));
        assertThat(new Desk(home).dotEnv(switchedOn).problems()).isEmpty();
    }

    @Test
    void the_reference_shows_what_is_set_and_by_whom() {
        Desk desk = new Desk(home).env("API_PORT", "1001").env("JWT_SECRET", Desk.LONG_SECRET);
        desk.env("DATABASE_URL", "postgresql://mina:sesame@yard/tea").env("MADANG_HOTS", "::1");
        desk.env("DEBUG_SQL", "on");
        assertThat(ConfigReference.text(desk.sources(), Desk.ALL))
                .contains("PORT = 1001  [API_PORT (environment)]", "also read: API_PORT")
                .contains("MADANG_HOST = 0.0.0.0  [default]")
                .contains("JWT_SECRET = [•••]")
                .contains("MADANG_DATABASE_URL = postgresql://mina:•••@yard:5432/tea")
                .contains("MADANG_VAULT_KEYS  [made at the first start]")
                .contains("SENTRY_DSN  [not set]", "SENTRY_ENVIRONMENT = development")
                .contains("DEBUG_SQL (environment) has no effect", "did you mean MADANG_HOST?")
                .doesNotContain("sesame", "afternoon");
        assertThat(desk.madeSecrets()).doesNotExist();
    }

    @Test
    void every_record_of_settings_is_in_the_reference() throws IOException {
        Path classes = root().resolve("server/target/classes");
        try (Stream<Path> files = Files.walk(classes)) {
            Set<String> found =
                    files.map(file -> classes.relativize(file).toString())
                            .filter(name -> name.endsWith("Settings.class"))
                            .map(name -> name.replace(".class", "").replace('/', '.'))
                            .filter(ReferenceTest::isRecordOfSettings)
                            .collect(Collectors.toSet());
            assertThat(Desk.ALL)
                    .extracting(Class::getName)
                    .containsExactlyInAnyOrderElementsOf(found);
        }
    }

    @Test
    void no_two_records_declare_one_key() {
        assertThat(KeySpec.of(Desk.ALL)).extracting(KeySpec::name).doesNotHaveDuplicates();
    }

    @Test
    void every_alias_sets_a_key_that_exists() {
        assertThat(Aliases.ofHouse().rows())
                .filteredOn(Alias::hasEffect)
                .allSatisfy(alias -> assertThat(keys()).contains(alias.key()));
    }

    /// The papers lie beside the project and not in it: where they are not there, this says so.
    @Test
    void every_row_of_the_papers_whose_key_exists_is_accepted() throws IOException {
        Path papers =
                Path.of(
                        System.getProperty(
                                "madang.contract",
                                root().resolve("../shared/contract/settings.tsv").toString()));
        if (!Files.exists(papers)) {
            System.out.println("Not compared with the papers: there is no " + papers);
        }
        assumeTrue(Files.exists(papers));
        Set<String> accepted = keys();
        accepted.addAll(Aliases.ofHouse().names());
        Map<String, List<String>> unknown =
                Files.readAllLines(papers).stream()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.split("\t"))
                        .filter(row -> !accepted.contains(row[0]) && mustBeAccepted(row[3]))
                        .collect(Collectors.toMap(row -> row[0], row -> List.of(row[3])));
        assertThat(unknown).isEmpty();
    }

    private static boolean mustBeAccepted(String ours) {
        return ours.equals("accepted, no effect")
                || Arrays.stream(ours.replace(" (if unset)", "").split(" and "))
                        .anyMatch(keys()::contains);
    }

    private static Set<String> keys() {
        return KeySpec.of(Desk.ALL).stream().map(KeySpec::name).collect(Collectors.toSet());
    }

    private static boolean isRecordOfSettings(String className) {
        try {
            Class<?> type = Class.forName(className);
            return type.isRecord()
                    && Arrays.stream(type.getRecordComponents())
                            .anyMatch(component -> component.isAnnotationPresent(Key.class));
        } catch (ClassNotFoundException gone) {
            throw new AssertionError(gone);
        }
    }

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve(".mvn")) ? here : here.getParent();
    }
}
