package madang.kit.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import madang.identity.IdentitySettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Rules 3 to 5: what names of other systems say, and when they may not.
class AliasesTest {
    @TempDir Path home;
    private Desk desk;

    @BeforeEach
    void a_clean_desk() {
        desk = new Desk(home);
    }

    @Test
    void rows_without_effect_are_accepted_and_told_once() {
        desk.env("DEBUG_SQL", "true").dotEnv("MONGODB_USER=root");
        assertThat(desk.load().notices())
                .anySatisfy(line ->
                        assertThat(line)
                                .contains("DEBUG_SQL (environment) has no effect")
                                .contains("people's words"))
                .anySatisfy(line -> assertThat(line).contains("MONGODB_USER", ".env"));
    }

    @Test
    void rows_without_effect_that_are_not_set_are_not_told() {
        assertThat(desk.load().notices()).noneMatch(line -> line.contains("no effect"));
    }

    @ParameterizedTest
    @CsvSource({
        "RATE_LIMIT_ENABLED, false, true",
        "SECURITY_HEADERS_ENABLED, off, on",
        "ENABLE_CHAT, 0, 1",
        "JWT_ALGORITHM, RS256, HS256",
        "METRICS_PATH, /prometheus, /metrics",
        "API_V1_PREFIX, /api/v2, /api/v1"
    })
    void a_wish_that_must_not_be_ignored_stops_the_start(
            String name, String refused, String harmless) {
        assertThat(desk.env(name, refused).problems()).singleElement().asString().startsWith(name);
        assertThat(desk.env(name, harmless).problems()).isEmpty();
    }

    @Test
    void a_bare_number_has_the_unit_of_its_name() {
        desk.env("ACCESS_TOKEN_EXPIRE_MINUTES", "60").env("REFRESH_TTL_DAYS", "7");
        desk.env("READ_TIMEOUT_SEC", "5").env("DB_CONN_MAX_LIFETIME_HOUR", "2");
        assertThat(desk.get(IdentitySettings.class).accessTokenTtl()).hasMinutes(60);
        assertThat(desk.get(IdentitySettings.class).refreshTokenTtl()).hasDays(7);
        assertThat(desk.get(HttpSettings.class).readTimeout()).hasSeconds(5);
        assertThat(desk.get(DatabaseSettings.class).connectionLifetime()).hasHours(2);
    }

    @Test
    void a_bare_number_has_no_unit_elsewhere() {
        assertThat(desk.env("MADANG_ACCESS_TOKEN_TTL", "15").problems())
                .containsExactly(
                        "MADANG_ACCESS_TOKEN_TTL (environment) cannot be \"15\": expected a duration with its unit, such as 30s, 15m, 24h or 7d.");
    }

    @Test
    void equal_values_are_equal() {
        desk.env("ACCESS_TOKEN_EXPIRE_MINUTES", "60").env("JWT_ACCESS_EXPIRY", "1h");
        desk.env("MADANG_ACCESS_TOKEN_TTL", "3600s");
        assertThat(desk.get(IdentitySettings.class).accessTokenTtl())
                .isEqualTo(Duration.ofHours(1));
    }

    @Test
    void names_that_disagree_stop_the_start_and_are_both_named() {
        desk.env("ACCESS_TTL_MIN", "15").env("JWT_ACCESS_EXPIRY", "1h");
        assertThat(desk.problems())
                .singleElement()
                .asString()
                .contains("ACCESS_TTL_MIN", "JWT_ACCESS_EXPIRY", "MADANG_ACCESS_TOKEN_TTL");
    }

    @Test
    void secrets_that_disagree_are_not_shown() {
        desk.env("JWT_SECRET", Desk.LONG_SECRET).env("SECRET_KEY", Desk.LONG_SECRET + " at three");
        assertThat(desk.problems())
                .singleElement()
                .asString()
                .contains("JWT_SECRET", "SECRET_KEY")
                .doesNotContain("afternoon");
    }

    @ParameterizedTest
    @CsvSource({"dev, DEVELOPMENT", "prod, PRODUCTION"})
    void is_dev_speaks_its_own_words(String word, Stage stage) {
        assertThat(
                        desk.inProduction()
                                .env("APP_ENV", "")
                                .env("IS_DEV", word)
                                .get(ServerSettings.class)
                                .stage())
                .isEqualTo(stage);
    }

    @Test
    void a_release_is_production_unless_somebody_says_otherwise() {
        desk.inProduction().env("APP_ENV", "").env("GIN_MODE", "release");
        assertThat(desk.get(ServerSettings.class).stage()).isEqualTo(Stage.PRODUCTION);
        desk.env("IS_DEV", "dev");
        assertThat(desk.get(ServerSettings.class).stage()).isEqualTo(Stage.DEVELOPMENT);
    }

    @Test
    void a_debug_mode_says_nothing() {
        desk.inProduction().env("GIN_MODE", "debug");
        assertThat(desk.get(ServerSettings.class).stage()).isEqualTo(Stage.PRODUCTION);
    }

    @Test
    void a_shell_s_own_names_are_not_taken_for_ours() {
        desk.env("ENV", "/etc/shinit").env("HOST", "yard.local");
        assertThat(desk.get(HttpSettings.class).host()).isEqualTo("0.0.0.0");
        assertThat(desk.load().notices())
                .anySatisfy(line -> assertThat(line).contains("HOST (environment) is no address"));
    }

    @Test
    void an_address_in_host_is_taken() {
        desk.env("HOST", "127.0.0.1").env("ENV", "development");
        assertThat(desk.get(HttpSettings.class).host()).isEqualTo("127.0.0.1");
        assertThat(desk.load().notices()).noneMatch(line -> line.contains("HOST"));
    }

    @Test
    void parts_are_put_together() {
        desk.env("DB_HOST", "yard").env("DB_USER", "mina").env("DB_PASSWORD", "a/b@c d");
        desk.env("DB_NAME", "tea").env("DB_SSL_MODE", "require");
        DatabaseUrl url = desk.get(DatabaseSettings.class).url();
        assertThat(url).hasToString("postgresql://mina:•••@yard:5432/tea?sslmode=require");
        assertThat(url.password().value()).isEqualTo("a/b@c d");
    }

    @Test
    void parts_without_the_one_that_switches_do_nothing() {
        desk.env("DB_PORT", "5433").env("POSTGRES_USER", "mina").env("POSTGRES_DB", "tea");
        assertThat(desk.get(DatabaseSettings.class).url()).isNull();
    }

    @Test
    void a_missing_needed_part_is_named() {
        desk.env("DB_HOST", "yard").env("DB_USER", "mina");
        assertThat(desk.problems())
                .singleElement()
                .asString()
                .contains("DB_HOST (environment) needs DB_NAME");
    }

    @Test
    void two_names_of_one_part_must_agree() {
        desk.env("POSTGRES_HOST", "yard").env("POSTGRES_USER", "mina");
        desk.env("POSTGRES_PASSWORD", "sesame").env("POSTGRES_DB", "tea");
        desk.env("POSTGRES_SSLMODE", "disable").env("POSTGRES_SSL_MODE", "require");
        assertThat(desk.problems())
                .singleElement()
                .asString()
                .contains("POSTGRES_SSLMODE and POSTGRES_SSL_MODE disagree");
        assertThat(desk.env("POSTGRES_SSL_MODE", "disable").problems()).isEmpty();
    }

    @Test
    void all_names_of_a_database_must_mean_the_same_one() {
        desk.env("DATABASE_URL", "postgresql://mina:sesame@yard/tea");
        desk.env("DSN", "host=yard port=5432 user=mina password=sesame dbname=tea");
        desk.env("DB_HOST", "yard").env("DB_USER", "mina").env("DB_NAME", "tea");
        desk.env("DB_PASSWORD", "sesame");
        assertThat(desk.problems()).isEmpty();
        assertThat(desk.env("DB_NAME", "coffee").problems())
                .singleElement()
                .asString()
                .contains("DATABASE_URL", "DSN", "DB_HOST")
                .doesNotContain("sesame");
    }

    @Test
    void a_ceiling_leaves_no_overflow() {
        desk.env("DB_MAX_OPEN_CONNS", "25");
        assertThat(desk.get(DatabaseSettings.class).poolCeiling()).isEqualTo(25);
        desk.env("DATABASE_MAX_OVERFLOW", "10");
        assertThat(desk.problems())
                .singleElement()
                .asString()
                .contains("MADANG_DATABASE_POOL_OVERFLOW");
    }

    @Test
    void size_and_overflow_make_the_ceiling() {
        desk.env("DATABASE_POOL_SIZE", "20").env("DATABASE_MAX_OVERFLOW", "10");
        assertThat(desk.get(DatabaseSettings.class).poolCeiling()).isEqualTo(30);
    }

    @Test
    void rates_are_put_together_too() {
        desk.env("RATE_LIMIT_MAX_REQUESTS", "100").env("RATE_LIMIT_WINDOW", "1m");
        desk.env("MAX_LOGIN_ATTEMPTS", "3");
        assertThat(desk.get(LimitSettings.class).api()).isEqualTo(Rate.parse("100/minute"));
        assertThat(desk.get(LimitSettings.class).login()).isEqualTo(Rate.parse("3/15minute"));
        desk.env("RATE_LIMIT_LOGIN", "5/15minute");
        assertThat(desk.get(LimitSettings.class).login()).isEqualTo(Rate.parse("5/15minute"));
        assertThat(desk.env("RATE_RPS", "10").problems())
                .singleElement()
                .asString()
                .contains("RATE_RPS", "RATE_LIMIT_MAX_REQUESTS");
    }

    @Test
    void a_burst_alone_does_nothing() {
        desk.env("RATE_BURST", "7");
        assertThat(desk.get(LimitSettings.class).api().burst()).isEqualTo(50);
    }
}
