package madang.kit.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.Driver;

/// Rule 8, and how each type is written.
class ValuesTest {
    @TempDir Path home;

    @ParameterizedTest
    @CsvSource({
        "30s, 30000",
        "15m, 900000",
        "24h, 86400000",
        "7d, 604800000",
        "1h30m, 5400000",
        "250ms, 250"
    })
    void durations_have_their_unit(String text, long millis) {
        assertThat(Form.of(Duration.class).read().apply(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"30", "s", "-5s", "1.5h", "7 d", "soon", "99999999999d"})
    void other_words_are_no_durations(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Form.of(Duration.class).read().apply(text))
                .withMessageContaining("a duration");
    }

    @Test
    void lists_are_comma_lists_or_json() {
        Desk desk = new Desk(home).env("CORS_ORIGINS", " https://a.kr, http://localhost:3000/ ,");
        desk.env("BACKEND_CORS_ORIGINS", "[\"https://A.kr:443\",\"http://localhost:3000\"]");
        assertThat(desk.get(HttpSettings.class).corsOrigins())
                .extracting(Origin::text)
                .containsExactly("https://a.kr", "http://localhost:3000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"https://a.kr\"",
                "a.kr",
                "https://a.kr/path",
                "ftp://a.kr",
                "mailto:mina"
            })
    void other_words_are_no_origins(String text) {
        assertThat(new Desk(home).env("CORS_ORIGINS", text).problems()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "10/second burst 50, 10, 1, 50",
        "5/15minute, 5, 900, 5",
        "5/15minutes, 5, 900, 5",
        "300/hour, 300, 3600, 300",
        "100/day, 100, 86400, 100",
        "100/1m, 100, 60, 100"
    })
    void rates_say_how_many_in_how_long(String text, long tokens, long seconds, long burst) {
        assertThat(Rate.parse(text))
                .isEqualTo(new Rate(tokens, Duration.ofSeconds(seconds), burst));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10", "0/second", "10/0second", "10/second burst", "10/fortnight", "-1/day"})
    void other_words_are_no_rates(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Rate.parse(text));
    }

    @Test
    void addresses_have_a_port() {
        assertThat(HostPort.parse("127.0.0.1:9090")).isEqualTo(new HostPort("127.0.0.1", 9090));
        assertThat(HostPort.parse("[::1]:9090")).isEqualTo(new HostPort("::1", 9090));
        assertThat(HostPort.parse("9090")).isEqualTo(new HostPort(null, 9090));
        assertThat(HostPort.parse("[::1]:9090")).hasToString("[::1]:9090");
        assertThatIllegalArgumentException().isThrownBy(() -> HostPort.parse("yard"));
        assertThatIllegalArgumentException().isThrownBy(() -> HostPort.parse("yard:65536"));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.1.2.3, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "192.168.1.128/25, 192.168.1.127, false",
        "127.0.0.1, 127.0.0.1, true",
        "127.0.0.1, 127.0.0.2, false",
        "fd00::/8, fd12::1, true",
        "10.0.0.0/8, ::1, false",
        "0.0.0.0/0, 8.8.8.8, true"
    })
    void ranges_know_their_addresses(String range, String address, boolean inside) {
        assertThat(AddressRange.parse(range).contains(InetAddress.ofLiteral(address)))
                .isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.local", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1"})
    void other_words_are_no_ranges(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> AddressRange.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://mina:a%2Fb%40c@yard:5432/tea",
                "postgres://mina:a%2Fb%40c@yard/tea",
                "postgresql+asyncpg://mina:a%2Fb@c@yard/tea",
                "postgresql://yard/tea?user=mina&password=a%2Fb@c",
                "jdbc:postgresql://yard/tea?user=mina&password=a/b@c",
                "host=yard user=mina password=a/b@c dbname=tea",
                " host = yard port=5432 user='mina' password='a/b@c' dbname=tea "
            })
    void one_database_has_many_spellings(String text) {
        DatabaseUrl url = DatabaseUrl.parse(text);
        assertThat(url).isEqualTo(DatabaseUrl.parse("postgresql://mina:a%2Fb%40c@yard/tea"));
        assertThat(url.password().value()).isEqualTo("a/b@c");
        assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://yard:5432/tea");
    }

    @Test
    void the_driver_understands_our_addresses() {
        var read =
                Driver.parseURL(
                        DatabaseUrl.parse(
                                        "postgresql://mina@[::1]:5433,yard/t%20a?sslmode=verify-full"
                                                + "&sslrootcert=system&application_name=madang&TimeZone=Asia/Seoul"
                                                + "&target_session_attrs=read-write&options=-c%20geqo%3Doff")
                                .jdbcUrl(),
                        null);
        assertThat(read)
                .containsEntry("PGHOST", "[::1],yard")
                .containsEntry("PGPORT", "5433,5432")
                .containsEntry("PGDBNAME", "t a")
                .containsEntry("sslmode", "verify-full")
                .containsEntry("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory")
                .containsEntry("ApplicationName", "madang")
                .containsEntry("targetServerType", "primary")
                .containsEntry("options", "-c TimeZone=Asia/Seoul -c geqo=off");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://mina@yard/tea",
                "postgresql://yard/tea",
                "postgresql:///tea?host=/var/run/postgresql&user=mina",
                "postgresql://mina@yard:port/tea",
                "user=mina password='open",
                "yard"
            })
    void other_words_are_no_database(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> DatabaseUrl.parse(text));
    }

    @Test
    void features_are_all_on_until_some_are_named() {
        Desk desk = new Desk(home);
        assertThat(desk.get(ServerSettings.class).isOn("chat")).isTrue();
        desk.env("MADANG_FEATURES", "chat, games");
        assertThat(desk.get(ServerSettings.class).isOn("chat")).isTrue();
        assertThat(desk.get(ServerSettings.class).isOn("events")).isFalse();
    }

    @Test
    void our_public_address_is_ours_to_say() {
        Desk desk = new Desk(home);
        assertThat(desk.get(HttpSettings.class).publicAddress(8123))
                .isEqualTo("http://localhost:8123");
        desk.env("BASE_URL", "https://yard.kr/");
        assertThat(desk.get(HttpSettings.class).publicAddress(8123)).isEqualTo("https://yard.kr");
        desk.env("BASE_URL", "yard.kr");
        assertThat(desk.problems()).singleElement().asString().contains("MADANG_PUBLIC_URL");
    }

    @Test
    void https_is_required_in_production_unless_somebody_says_otherwise() {
        Desk desk = new Desk(home);
        assertThat(desk.get(HttpSettings.class).isHttpsRequired()).isFalse();
        assertThat(desk.inProduction().get(HttpSettings.class).isHttpsRequired()).isTrue();
        desk.env("REQUIRE_HTTPS", "off");
        assertThat(desk.get(HttpSettings.class).isHttpsRequired()).isFalse();
    }

    @Test
    void an_origin_is_its_page_s() {
        assertThat(Origin.of(URI.create("https://Yard.kr:443/tea?at=3")))
                .hasToString("https://yard.kr");
        assertThat(Origin.of(URI.create("http://[::1]:8080/"))).hasToString("http://[::1]:8080");
    }
}
