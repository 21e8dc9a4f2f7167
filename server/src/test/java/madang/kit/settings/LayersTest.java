package madang.kit.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rules 1 and 2: where values come from, and names that nobody knows.
class LayersTest {
    @TempDir Path home;
    private Desk desk;

    @BeforeEach
    void a_clean_desk() {
        desk = new Desk(home);
    }

    @Test
    void an_empty_desk_starts_with_the_defaults() {
        assertThat(desk.get(HttpSettings.class).port()).isEqualTo(8080);
        assertThat(desk.get(DatabaseSettings.class).url()).isNull();
        assertThat(desk.get(ServerSettings.class).stage()).isEqualTo(Stage.DEVELOPMENT);
        assertThat(desk.get(LogSettings.class).sentryEnvironment()).isEqualTo("development");
    }

    @Test
    void the_nearest_place_wins() {
        desk.file("PORT=1003\nMADANG_APP_NAME=From the file\nMADANG_LOG_LEVEL=warn");
        desk.dotEnv("PORT=1002\nMADANG_APP_NAME=From .env");
        desk.env("PORT", "1001");
        assertThat(desk.get(HttpSettings.class).port()).isEqualTo(1001);
        assertThat(desk.get(ServerSettings.class).appName()).isEqualTo("From .env");
        assertThat(desk.get(LogSettings.class).level().toString()).isEqualTo("WARN");
    }

    @Test
    void an_empty_value_is_no_value_and_hides_nothing() {
        desk.dotEnv("PORT=1002\nJWT_SECRET=              # JWT 서명 키");
        desk.env("PORT", " ");
        assertThat(desk.get(HttpSettings.class).port()).isEqualTo(1002);
    }

    @Test
    void a_name_hides_only_the_same_name() {
        desk.dotEnv("DATABASE_URL=postgresql://mina@below/yard");
        desk.env("MADANG_DATABASE_URL", "postgresql://mina@above/yard");
        assertThat(desk.problems())
                .singleElement()
                .asString()
                .contains("DATABASE_URL (", "MADANG_DATABASE_URL (environment)");
    }

    @Test
    void an_unknown_name_of_ours_stops_the_start_and_hears_the_nearest() {
        desk.env("MADANG_PORT", "1");
        desk.dotEnv("MADANG_DATABSE_URL=x");
        desk.file("RATE_LIMIT_LOGN=5/minute");
        assertThat(desk.problems())
                .hasSize(3)
                .anySatisfy(line -> assertThat(line).contains("MADANG_PORT", "mean PORT?"))
                .anySatisfy(line -> assertThat(line).contains("mean MADANG_DATABASE_URL?"))
                .anySatisfy(line -> assertThat(line).contains("mean RATE_LIMIT_LOGIN?"));
    }

    @Test
    void unknown_names_of_others_are_none_of_our_business() {
        desk.env("EDITOR", "vi").dotEnv("COMPOSE_PROJECT_NAME=yard");
        assertThat(desk.problems()).isEmpty();
    }

    @Test
    void the_settings_file_holds_nothing_else() {
        desk.file("EDITOR=vi");
        assertThat(desk.problems()).singleElement().asString().startsWith("EDITOR (");
    }

    @Test
    void the_settings_file_takes_the_names_of_the_seeds_too() {
        desk.file("ACCESS_TTL_MIN=20");
        assertThat(desk.problems()).isEmpty();
    }

    @Test
    void the_settings_file_cannot_say_where_it_is() {
        desk.file("MADANG_DATA=elsewhere");
        assertThat(desk.problems()).singleElement().asString().contains("MADANG_DATA cannot stand");
    }

    @Test
    void dot_env_may_say_where_the_settings_file_is() {
        desk.file("PORT=1003").env("MADANG_DATA", "").dotEnv("MADANG_DATA=" + desk.data());
        assertThat(desk.get(HttpSettings.class).port()).isEqualTo(1003);
    }

    @Test
    void every_problem_is_told_at_once() {
        desk.env("MADANG_PRT", "1")
                .env("MADANG_ROOM_WRITERS", "many")
                .env("MADANG_BCRYPT_COST", "3")
                .env("TLS_KEY_FILE", "key.pem");
        assertThat(desk.problems()).hasSize(4);
    }
}
