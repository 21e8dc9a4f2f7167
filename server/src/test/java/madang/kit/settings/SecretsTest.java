package madang.kit.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import madang.identity.IdentitySettings;
import madang.kit.Secret;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Secrets: made in development, given elsewhere, shown nowhere.
class SecretsTest {
    @TempDir Path home;
    private Desk desk;

    @BeforeEach
    void a_clean_desk() {
        desk = new Desk(home);
    }

    @Test
    void development_makes_its_secrets_once() throws IOException {
        Settings first = desk.load();
        Settings second = desk.load();
        assertThat(first.notices())
                .singleElement()
                .asString()
                .contains("MADANG_VAULT_KEYS, MADANG_OPERATOR_TOKEN, JWT_SECRET");
        assertThat(second.notices()).isEmpty();
        assertThat(second.get(IdentitySettings.class)).isEqualTo(first.get(IdentitySettings.class));
        assertThat(second.get(SecretSettings.class)).isEqualTo(first.get(SecretSettings.class));
        assertThat(Files.getPosixFilePermissions(desk.madeSecrets()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void made_secrets_differ_from_house_to_house() {
        Desk other = new Desk(home.resolve("next door"));
        assertThat(other.get(SecretSettings.class)).isNotEqualTo(desk.get(SecretSettings.class));
    }

    @Test
    void a_secret_that_somebody_gives_later_wins_without_a_word() {
        String made = desk.get(IdentitySettings.class).jwtSecrets().getFirst().value();
        Settings later = desk.dotEnv("JWT_SECRET_KEY=" + Desk.LONG_SECRET).load();
        assertThat(later.get(IdentitySettings.class).jwtSecrets())
                .containsExactly(new Secret(Desk.LONG_SECRET))
                .doesNotContain(new Secret(made));
        assertThat(later.notices()).isEmpty();
    }

    @Test
    void what_development_made_is_not_given_to_production() {
        desk.load();
        assertThat(desk.env("APP_ENV", "production").problems())
                .hasSize(3)
                .allMatch(line -> line.contains("take on that of " + desk.madeSecrets()));
    }

    @Test
    void only_what_is_missing_is_made_later() {
        desk.env("JWT_SECRET", Desk.LONG_SECRET);
        SecretSettings before = desk.get(SecretSettings.class);
        desk.env("JWT_SECRET", "");
        assertThat(desk.load().notices())
                .containsExactly("Made JWT_SECRET, kept in " + desk.madeSecrets() + ".");
        assertThat(desk.get(SecretSettings.class)).isEqualTo(before);
    }

    @Test
    void a_given_secret_is_not_made() throws IOException {
        desk.env("JWT_SECRET", Desk.LONG_SECRET).load();
        assertThat(Files.readString(desk.madeSecrets())).doesNotContain("JWT_SECRET");
    }

    @Test
    void nothing_is_made_where_something_is_wrong() {
        assertThat(desk.env("PORT", "many").problems()).hasSize(1);
        assertThat(desk.madeSecrets()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"staging", "production"})
    void a_guarded_stage_must_be_given_its_secrets(String stage) {
        assertThat(desk.env("APP_ENV", stage).problems())
                .hasSize(3)
                .allMatch(line -> line.contains("must be given where APP_ENV is " + stage));
        assertThat(desk.madeSecrets()).doesNotExist();
    }

    @Test
    void production_starts_with_its_secrets() {
        assertThat(desk.inProduction().problems()).isEmpty();
        assertThat(desk.madeSecrets()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "your-jwt-secret-here",
                "your-secret-key-change-this",
                "change-me-change-me-change-me-change-me",
                "sk-...",
                "secret",
                "password",
                "1234",
                "timingle-jwt-secret-key-for-development-only"
            })
    void placeholders_protect_nobody_in_production(String placeholder) {
        assertThat(desk.inProduction().env("MADANG_OPERATOR_TOKEN", placeholder).problems())
                .singleElement()
                .asString()
                .contains("MADANG_OPERATOR_TOKEN", "placeholder")
                .doesNotContain(placeholder);
    }

    @Test
    void a_placeholder_among_several_keys_is_found() {
        desk.inProduction()
                .env("JWT_SECRET", Desk.LONG_SECRET + ",please-change-me-please-change-me-please");
        assertThat(desk.problems()).singleElement().asString().contains("JWT_SECRET");
    }

    @Test
    void made_secrets_are_no_placeholders() {
        SecretSettings made = desk.get(SecretSettings.class);
        assertThat(Placeholder.is(made.operatorToken().value())).isFalse();
        assertThat(Placeholder.is(made.vaultKeys().getFirst().value())).isFalse();
    }

    @Test
    void development_takes_an_example_nobody_filled_in_as_not_set() {
        Settings settings = desk.env("SENTRY_DSN", "https://...").load();
        assertThat(settings.get(LogSettings.class).sentryDsn()).isNull();
        assertThat(settings.notices())
                .anyMatch(line -> line.startsWith("SENTRY_DSN (environment)"));
    }

    @Test
    void development_takes_a_weak_password_as_it_is() {
        desk.env("MADANG_ADMIN_USERNAME", "mina").env("MADANG_ADMIN_PASSWORD", "password");
        assertThat(desk.get(IdentitySettings.class).adminPassword().value()).isEqualTo("password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "your-jwt-secret-here", ","})
    void a_short_signing_key_never_starts(String key) {
        assertThat(desk.env("JWT_SECRET", key).problems())
                .singleElement()
                .asString()
                .contains("JWT_SECRET", "32 characters");
    }

    @Test
    void every_signing_key_of_the_list_counts() {
        desk.env("JWT_SECRET", Desk.LONG_SECRET + "," + Desk.LONG_SECRET.repeat(2));
        assertThat(desk.get(IdentitySettings.class).jwtSecrets()).hasSize(2);
        desk.env("JWT_SECRET", Desk.LONG_SECRET + ",short");
        assertThat(desk.problems()).singleElement().asString().contains("JWT_SECRET");
    }

    @Test
    void vault_keys_are_tried_at_the_start() {
        assertThat(desk.env("MADANG_VAULT_KEYS", "k1:c2hvcnQ=").problems())
                .singleElement()
                .asString()
                .contains("MADANG_VAULT_KEYS", "32")
                .doesNotContain("c2hvcnQ");
        desk.env("MADANG_VAULT_KEYS", Desk.VAULT_KEY);
        assertThat(desk.get(SecretSettings.class).vault().seal("tea", "here")).startsWith("v1.k1.");
    }

    @Test
    void no_problem_and_no_record_shows_a_secret() {
        desk.env("MADANG_DATABASE_URL", "postgresql:sesame").env("JWT_SECRET", "sesame");
        desk.env("MADANG_VAULT_KEYS", "sesame").env("TEST_JWT_SECRET", "sesame");
        assertThat(String.join("\n", desk.problems())).isNotEmpty().doesNotContain("sesame");
        desk.env("MADANG_DATABASE_URL", "postgresql://mina:sesame@yard/tea");
        desk.env("MADANG_VAULT_KEYS", Desk.VAULT_KEY).env("JWT_SECRET", Desk.LONG_SECRET);
        Settings settings = desk.load();
        assertThat(Desk.ALL.stream().map(type -> settings.get(type).toString()))
                .noneMatch(text -> text.contains("sesame") || text.contains("afternoon"));
        assertThat(settings.notices()).noneMatch(text -> text.contains("sesame"));
    }

    @ParameterizedTest
    @CsvSource({
        "production, 9, false",
        "production, 10, true",
        "development, 4, true",
        "development, 3, false",
        "development, 16, false"
    })
    void hashing_is_costly_in_production(String stage, String cost, boolean starts) {
        desk.inProduction().env("APP_ENV", stage).env("MADANG_BCRYPT_COST", cost);
        assertThat(desk.problems().isEmpty()).isEqualTo(starts);
    }

    @ParameterizedTest
    @CsvSource({"production, false", "staging, false", "development, true"})
    void anybody_s_pages_may_call_in_development_only(String stage, boolean starts) {
        desk.inProduction().env("APP_ENV", stage).env("CORS_ORIGINS", "*");
        assertThat(desk.problems().isEmpty()).isEqualTo(starts);
    }

    @Test
    void halves_of_a_pair_are_missed() {
        desk.env("TLS_CERT_FILE", "chain.pem").env("MADANG_ADMIN_USERNAME", "mina");
        assertThat(desk.problems())
                .hasSize(2)
                .anyMatch(line -> line.contains("TLS_KEY_FILE"))
                .anyMatch(line -> line.contains("MADANG_ADMIN_PASSWORD"));
    }
}
