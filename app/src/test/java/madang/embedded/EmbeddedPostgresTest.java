package madang.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import madang.kit.Secret;
import madang.kit.db.DatabaseAddress;
import madang.testing.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
    private static final int ROUNDS = Scale.times(10, 1_000);

    /// Fewer, since every young death lengthens the pause before the next life.
    private static final int LIVES = 5;

    private static final String[] UID_1000 = {
        "setpriv",
        "--reuid=1000",
        "--regid=1000",
        "--clear-groups",
        // Only to read the classes of this build, wherever they lie.
        "--inh-caps=+dac_read_search",
        "--ambient-caps=+dac_read_search"
    };

    @TempDir Path temp;

    @Test
    void what_was_said_is_there_tomorrow() throws Exception {
        Path data = temp.resolve("data");
        try (EmbeddedPostgres first = timed("first start", () -> EmbeddedPostgres.start(data))) {
            Town.say(first.address(), "create table said (words text)");
            Town.say(first.address(), "insert into said values ('tea at three')");
        }
        try (EmbeddedPostgres later = timed("later start", () -> EmbeddedPostgres.start(data))) {
            assertThat(Town.ask(later.address(), "select words from said"))
                    .isEqualTo("tea at three");
        }
    }

    @Test
    void it_keeps_its_promises() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(temp.resolve("data"))) {
            DatabaseAddress address = postgres.address();
            assertThat(Town.ask(address, "show server_version")).startsWith("18.");
            for (String on :
                    List.of("fsync", "synchronous_commit", "full_page_writes", "data_checksums")) {
                assertThat(Town.ask(address, "show " + on)).as(on).isEqualTo("on");
            }
            assertThat(Town.ask(address, "show listen_addresses")).isEqualTo("127.0.0.1");
            DatabaseAddress superuser =
                    new DatabaseAddress(address.jdbcUrl(), "postgres", address.password());
            assertThat(Town.ask(superuser, "show unix_socket_directories")).isEmpty();
            assertThat(
                            Town.ask(
                                    address,
                                    "select datcollate || ' ' || datctype || ' ' || datlocale from pg_database where datname = 'madang'"))
                    .isEqualTo("C.UTF-8 C.UTF-8 C.UTF-8");
            Town.say(address, "create extension pg_trgm");
            assertThat(Town.ask(address, "select array_length(show_trgm('마당에서'), 1)"))
                    .isEqualTo("5");
            assertThat(Town.ask(address, "select rolsuper from pg_roles where rolname = user"))
                    .isEqualTo("f");
            assertThat(Files.getPosixFilePermissions(temp.resolve("data/postgres/password")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            assertThat(address.toString()).doesNotContain(address.password().value());
        }
    }

    @Test
    void strangers_need_the_password() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(temp.resolve("data"))) {
            DatabaseAddress known = postgres.address();
            for (String user : List.of("madang", "postgres")) {
                DatabaseAddress guess =
                        new DatabaseAddress(known.jdbcUrl(), user, new Secret("guess"));
                assertThatThrownBy(() -> Town.connect(guess))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("password authentication failed");
            }
        }
    }

    @Test
    void a_killed_postmaster_comes_back_with_all_rows_even_under_a_long_query() throws Exception {
        Path data = temp.resolve("data");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data)) {
            DatabaseAddress address = postgres.address();
            Town.say(address, "create table round (number int)");
            for (int round = 1; round <= LIVES; round++) {
                Town.say(address, "insert into round values (" + round + ")");
                Thread busy = Thread.startVirtualThread(() -> countForEver(address));
                Wait.atMost(Duration.ofSeconds(10), () -> isBusy(address));
                int rounds = round;
                Town.killPostmaster(data);
                timed("back after kill -9", () -> awaitRows(address, rounds));
                busy.join();
            }
            System.out.println("postmaster killed and back " + LIVES + " times");
        }
    }

    @Test
    void a_killed_madang_starts_at_once_with_all_rows() throws Exception {
        Path data = temp.resolve("data");
        killed(data, town -> town.kill());
        System.out.println("madang killed and started at once " + ROUNDS + " times");
    }

    @Test
    void killed_together_they_start_at_once_with_all_rows() throws Exception {
        Path data = temp.resolve("data");
        killed(
                data,
                town -> {
                    Town.killPostmaster(data);
                    town.kill();
                });
        killed(
                data,
                town -> {
                    long postmaster = Town.postmaster(data);
                    town.kill();
                    ProcessHandle.of(postmaster).ifPresent(ProcessHandle::destroyForcibly);
                });
        System.out.println("both killed and started at once " + 2 * ROUNDS + " times");
    }

    @Test
    void root_may_keep_its_data_where_only_root_may_enter() throws Exception {
        assumeRoot();
        Path closed = Files.createDirectory(temp.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(closed.resolve("data"))) {
            assertThat(Town.ask(postgres.address(), "select 1")).isEqualTo("1");
            long pid = Town.postmaster(closed.resolve("data"));
            assertThat(Files.getAttribute(Path.of("/proc/" + pid), "unix:uid")).isEqualTo(65534);
        }
    }

    @Test
    void root_without_the_capability_is_told_which_folder_is_closed() throws Exception {
        assumeRoot();
        String[] tamed = {"setpriv", "--bounding-set=-dac_read_search"};
        Path closed = Files.createDirectory(temp.resolve("closed"));
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwx--x--x"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        try (Town refused = Town.on(closed.resolve("data"), tamed)) {
            assertThat(refused.refusal())
                    .contains("may not enter " + closed)
                    .contains("MADANG_DATA");
        }
        try (Town open = Town.on(temp.resolve("open"), tamed)) {
            assertThat(Town.ask(open.address(), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void an_ordinary_user_keeps_everything_in_the_data_folder() throws Exception {
        assumeRoot();
        Files.setAttribute(temp, "unix:uid", 1000);
        Path data = temp.resolve("data");
        try (Town town = Town.on(data, UID_1000)) {
            assertThat(Town.ask(town.address(), "select 1")).isEqualTo("1");
            assertThat(Files.getAttribute(data.resolve("cache"), "unix:uid")).isEqualTo(1000);
            assertThat(Files.getAttribute(data.resolve("postgres/data"), "unix:uid"))
                    .isEqualTo(1000);
        }
        killed(data, Town::kill, UID_1000);
    }

    @Test
    void the_second_is_refused_and_its_console_finds_the_first() throws Exception {
        Path data = temp.resolve("data");
        assertThat(EmbeddedPostgres.running(data)).isEmpty();
        try (Town town = Town.on(data)) {
            assertThatThrownBy(() -> EmbeddedPostgres.start(data))
                    .isInstanceOf(CannotStartPostgres.class)
                    .hasMessageContaining("another Madang runs on " + data)
                    .hasMessageContaining("MADANG_DATA");
            DatabaseAddress found = EmbeddedPostgres.running(data).orElseThrow();
            assertThat(found).isEqualTo(town.address());
            assertThat(Town.ask(found, "select 1")).isEqualTo("1");
        }
        assertThat(EmbeddedPostgres.running(data)).isEmpty();
        try (EmbeddedPostgres ours = EmbeddedPostgres.start(data)) {
            assertThat(EmbeddedPostgres.running(data)).contains(ours.address());
            assertThatThrownBy(() -> EmbeddedPostgres.start(data))
                    .hasMessageContaining("this very process");
            try (Town second = Town.on(data)) {
                assertThat(second.refusal()).contains("another Madang runs on " + data);
            }
        }
    }

    @Test
    void a_pid_file_of_the_dead_deceives_nobody() throws Exception {
        Path data = temp.resolve("data");
        EmbeddedPostgres.start(data).close();
        Path pidFile = PidFile.path(data.resolve("postgres/data"));
        for (String stale :
                List.of(ProcessHandle.current().pid() + "\n" + data + "\n", "1\n", "")) {
            Files.writeString(pidFile, stale);
            try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data)) {
                assertThat(Town.ask(postgres.address(), "select 1")).isEqualTo("1");
            }
        }
    }

    @Test
    void a_first_start_cut_midway_is_made_good() throws Exception {
        for (String seen : List.of("password", "data/PG_VERSION", "data/global/pg_control")) {
            Path data = temp.resolve(seen.replace('/', '-'));
            Process cut = Town.begin(data);
            assertThat(Wait.atMost(Duration.ofSeconds(20), () -> draftHas(data, seen))).isTrue();
            cut.destroyForcibly().onExit().join();
            assertThat(data.resolve("postgres")).doesNotExist();
            try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data)) {
                assertThat(Town.ask(postgres.address(), "select 1")).isEqualTo("1");
            }
        }
    }

    @Test
    void our_ctrl_c_is_not_its_own() throws Exception {
        Path data = temp.resolve("data");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data)) {
            assertThat(postgres.address().jdbcUrl()).isNotEmpty();
            long pid = Town.postmaster(data);
            String processGroup =
                    Files.readString(Path.of("/proc/" + pid + "/stat")).split(" ", -1)[4];
            assertThat(processGroup).isEqualTo(Long.toString(pid));
        }
    }

    private interface Step {
        void on(Town town) throws Exception;
    }

    private static void killed(Path data, Step kill, String... as) throws Exception {
        int rows = 0;
        StringBuilder starts = new StringBuilder();
        for (int round = 0; round < ROUNDS; round++) {
            Town town = Town.on(data, as);
            starts.append(town.startMillis()).append(' ');
            if (round == 0) {
                Town.say(town.address(), "create table if not exists round (number int)");
                rows = Integer.parseInt(Town.ask(town.address(), "select count(*) from round"));
            }
            assertThat(Town.ask(town.address(), "select count(*) from round"))
                    .isEqualTo(Integer.toString(rows));
            Town.say(town.address(), "insert into round values (" + round + ")");
            rows++;
            kill.on(town);
        }
        try (Town last = Town.on(data, as)) {
            assertThat(Town.ask(last.address(), "select count(*) from round"))
                    .isEqualTo(Integer.toString(rows));
        }
        System.out.println("starts in ms: " + starts);
    }

    private static void countForEver(DatabaseAddress address) {
        try {
            Town.ask(address, "select count(*) from generate_series(1, 1000000000000) as busy");
        } catch (SQLException killed) {
            // as it should be
        }
    }

    private static boolean isBusy(DatabaseAddress address) {
        try {
            return Town.ask(
                            address,
                            "select count(*) from pg_stat_activity where state = 'active' and query like '% as busy'")
                    .equals("1");
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static String awaitRows(DatabaseAddress address, int rows) {
        assertThat(Wait.atMost(Duration.ofSeconds(30), () -> hasRows(address, rows))).isTrue();
        return "";
    }

    private static boolean hasRows(DatabaseAddress address, int rows) {
        try {
            return Town.ask(address, "select count(*) from round").equals(Integer.toString(rows));
        } catch (SQLException notYet) {
            return false;
        }
    }

    private static boolean draftHas(Path data, String file) {
        try (Stream<Path> drafts = Files.list(data)) {
            return drafts.filter(path -> path.getFileName().toString().startsWith("postgres.new-"))
                    .anyMatch(draft -> Files.exists(draft.resolve(file)));
        } catch (IOException notYet) {
            return false;
        }
    }

    private static <T> T timed(String what, Supplier<T> work) {
        long start = System.nanoTime();
        T result = work.get();
        System.out.println(what + ": " + (System.nanoTime() - start) / 1_000_000 + " ms");
        return result;
    }

    private static void assumeRoot() {
        boolean root = new UnixSystem().getUid() == 0;
        if (!root) {
            System.out.println("skipped: only root can become another user");
        }
        assumeThat(root).isTrue();
    }
}
