package madang.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CannotStartPostgresTest {
    private static final Path DATA = Path.of("/srv/madang");

    @Test
    void every_refusal_names_the_folder_and_what_to_do() {
        assertThat(CannotStartPostgres.meaning(DATA, "initdb: error: … No space left on device"))
                .contains("/srv/madang", "disk is full", "MADANG_DATA");
        assertThat(CannotStartPostgres.meaning(DATA, "setpriv: setresuid failed: not permitted"))
                .contains(
                        "refuses to be root", "65534", "ordinary user", "MADANG_DATA=/srv/madang");
        assertThat(CannotStartPostgres.meaning(DATA, "bin/postgres: required file not found"))
                .contains("MADANG_DATABASE_URL");
        assertThat(CannotStartPostgres.in(DATA, new AccessDeniedException("/srv/madang/lock")))
                .hasMessageContaining("the user to whom it belongs")
                .hasMessageContaining("MADANG_DATA");
        assertThat(CannotStartPostgres.meaning(DATA, "FATAL: something else"))
                .isEqualTo("PostgreSQL does not start in /srv/madang: FATAL: something else");
    }
}
