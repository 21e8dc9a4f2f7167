package madang.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import madang.kit.Secret;
import madang.kit.db.DatabaseAddress;

/// The folder `postgres` of `MADANG_DATA`: `data`, which PostgreSQL calls a cluster, and
/// `password`. It is made beside and renamed when it is whole, so a kill midway leaves nothing to
/// repair.
final class Cluster {
    private static final String VERSION = "18";

    /// An ordinary role that owns one database: what gets through our SQL cannot read files.
    private static final String USER = "madang";

    /// Written into postgresql.conf once, where the owner of the machine may change it. Sized for a
    /// small machine that it shares with us; no parallel queries, since containers give them 64 MB
    /// of shared memory; errors without the values that caused them, which may be personal.
    private static final Map<String, String> AT_FIRST =
            Map.ofEntries(
                    Map.entry("shared_buffers", "64MB"),
                    Map.entry("max_connections", "100"),
                    Map.entry("max_wal_size", "512MB"),
                    Map.entry("wal_compression", "on"),
                    Map.entry("random_page_cost", "1.1"),
                    Map.entry("jit", "off"),
                    Map.entry("max_parallel_workers_per_gather", "0"),
                    Map.entry("max_parallel_maintenance_workers", "0"),
                    Map.entry("log_error_verbosity", "terse"),
                    Map.entry("timezone", "UTC"),
                    Map.entry("log_timezone", "UTC"));

    /// Ours to promise, so given at every start. `Life` reads the log, hence its settings.
    private static final Map<String, String> ALWAYS =
            Map.of(
                    "listen_addresses", "127.0.0.1",
                    "unix_socket_directories", "",
                    "synchronous_commit", "on",
                    "full_page_writes", "on",
                    "logging_collector", "off",
                    "log_destination", "stderr",
                    "log_min_messages", "warning",
                    "lc_messages", "C");

    private static final Duration STOPS_WITHIN = Duration.ofSeconds(60);
    private static final Duration BREAKS_OFF_WITHIN = Duration.ofSeconds(10);

    private final Path data;
    private final Secret password;
    private final Runner runner;
    private final Binaries binaries;
    private final Durability durability;

    private Cluster(
            Path folder, Secret password, Runner runner, Binaries binaries, Durability durability) {
        this.data = data(folder);
        this.password = password;
        this.runner = runner;
        this.binaries = binaries;
        this.durability = durability;
    }

    /// The cluster of this `MADANG_DATA`; made, where there is none yet.
    static Cluster in(Path folder, Durability durability) throws IOException {
        Runner runner = Runner.on(folder);
        Binaries binaries = Binaries.in(runner.cache(folder));
        if (!Files.exists(home(folder))) {
            new Draft(folder, runner, binaries, durability).publish();
        }
        requireOurVersion(folder);
        return new Cluster(folder, password(folder), runner, binaries, durability);
    }

    /// Where the server of this folder listens, once it accepts connections.
    static Optional<DatabaseAddress> listening(Path folder) throws IOException {
        Optional<PidFile> server =
                PidFile.read(data(folder))
                        .filter(PidFile::ready)
                        .filter(file -> isServer(file.pid(), data(folder)));
        return server.isPresent()
                ? Optional.of(address(server.get().port(), password(folder)))
                : Optional.empty();
    }

    DatabaseAddress address(int port) {
        return address(port, password);
    }

    Process start(int port) throws IOException {
        List<String> command = new ArrayList<>(List.of(binaries.postgres(), "-D", data.toString()));
        ALWAYS.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        command.addAll(List.of("-c", "port=" + port, "-c", "fsync=" + durability.fsync()));
        return runner.start(command);
    }

    /// Ends what an earlier life left here. Only for the holder of the lock: a server that still
    /// runs is then nobody's.
    void clear() throws IOException {
        Optional<PidFile> remains = PidFile.read(data);
        if (remains.isPresent() && isServer(remains.get().pid(), data)) {
            stop(remains.get().pid());
        }
        killOrphans();
        Files.deleteIfExists(PidFile.path(data));
    }

    /// Fast, as pg_ctl says: open transactions are rolled back and everything is on the disk.
    /// Slower than a minute, it breaks off, and the next start recovers.
    void stop(long server) throws IOException {
        signal(server, "INT");
        if (!Wait.atMost(STOPS_WITHIN, () -> !isServer(server, data))) {
            signal(server, "QUIT");
            if (!Wait.atMost(BREAKS_OFF_WITHIN, () -> !isServer(server, data))) {
                signal(server, "KILL");
            }
        }
    }

    private void signal(long server, String name) throws IOException {
        runner.run(List.of(binaries.pgCtl(), "kill", name, Long.toString(server)), "");
    }

    /// A postgres on this very folder. Not a zombie, which has no arguments any more, and no other
    /// program that got the number since.
    private static boolean isServer(long pid, Path data) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().arguments())
                .map(List::of)
                .filter(arguments ->
                        arguments.contains("-D") && arguments.contains(data.toString()))
                .isPresent();
    }

    /// Whoever serves a long query does not notice that its postmaster died, and keeps the next one
    /// from starting. Where the kernel hides whose they are, they end in their own time.
    void killOrphans() {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            all.filter(this::servesHere).forEach(ProcessHandle::destroyForcibly);
        }
    }

    private boolean servesHere(ProcessHandle process) {
        Path facts = Path.of("/proc", Long.toString(process.pid()));
        try {
            return Files.readSymbolicLink(facts.resolve("cwd")).equals(data)
                    && Files.readSymbolicLink(facts.resolve("exe")).endsWith("postgres");
        } catch (IOException goneOrHidden) {
            return false;
        }
    }

    private static Path home(Path folder) {
        return folder.resolve("postgres");
    }

    private static Path data(Path folder) {
        return home(folder).resolve("data");
    }

    private static Secret password(Path folder) throws IOException {
        return new Secret(Files.readString(home(folder).resolve("password")).strip());
    }

    private static DatabaseAddress address(int port, Secret password) {
        return new DatabaseAddress(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + USER, USER, password);
    }

    private static void requireOurVersion(Path folder) throws IOException {
        Path file = data(folder).resolve("PG_VERSION");
        String version = Files.readString(file).strip();
        if (!version.equals(VERSION)) {
            throw new CannotStartPostgres(
                    "%s holds data of PostgreSQL %s and this Madang brings %s: move the data with the Madang that wrote it"
                            .formatted(data(folder), version, VERSION));
        }
    }

    /// A cluster that is not one yet.
    private record Draft(Path folder, Runner runner, Binaries binaries, Durability durability) {

        void publish() throws IOException {
            deleteOlder();
            String password = newPassword();
            Path draft = runner.privateFolder(Files.createTempDirectory(folder, "postgres.new-"));
            writePassword(draft.resolve("password"), password);
            initdb(draft);
            createDatabase(draft, password);
            Folders.publish(draft, home(folder));
        }

        /// The initdb of a Madang that was just killed may still write into its own: wait for its
        /// end, and let it be where it does not come. Names differ.
        private void deleteOlder() throws IOException {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path draft : files.filter(Draft::isDraft).toList()) {
                    Wait.atMost(BREAKS_OFF_WITHIN, () -> deletes(draft));
                }
            }
        }

        private static boolean deletes(Path draft) {
            try {
                Folders.delete(draft);
                return true;
            } catch (IOException | UncheckedIOException stillWritten) {
                return false;
            }
        }

        private static boolean isDraft(Path path) {
            return path.getFileName().toString().startsWith("postgres.new-");
        }

        private static String newPassword() {
            byte[] random = new byte[24];
            new SecureRandom().nextBytes(random);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        }

        private void writePassword(Path file, String password) throws IOException {
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, password + "\n");
            runner.give(file);
            Folders.force(file);
        }

        /// Text is compared by code points, by PostgreSQL's own rules and not by those of the C
        /// library, which change with the system and would spoil indexes. The C library's locale is
        /// not "C" either: pg_trgm would find no letters in Korean.
        private void initdb(Path draft) throws IOException {
            List<String> command =
                    new ArrayList<>(
                            List.of(
                                    binaries.initdb(),
                                    "--pgdata=" + draft.resolve("data"),
                                    "--username=postgres",
                                    "--pwfile=" + draft.resolve("password"),
                                    "--auth=scram-sha-256",
                                    "--encoding=UTF8",
                                    "--locale=C.UTF-8",
                                    "--locale-provider=builtin",
                                    "--builtin-locale=C.UTF-8",
                                    "--data-checksums",
                                    "--no-instructions"));
            AT_FIRST.forEach((name, value) -> command.add("--set=" + name + "=" + value));
            if (durability == Durability.NONE) {
                command.add("--no-sync");
            }
            run(command, "");
        }

        private void createDatabase(Path draft, String password) throws IOException {
            run(
                    List.of(
                            binaries.postgres(),
                            "--single",
                            "-D",
                            draft.resolve("data").toString(),
                            "-c",
                            "exit_on_error=on",
                            "-c",
                            "log_min_error_statement=panic", // the statement has the password
                            "-c",
                            "fsync=" + durability.fsync(),
                            "postgres"),
                    """
                    create role %1$s login createdb replication password '%2$s'
                    create database %1$s owner %1$s
                    """
                            .formatted(USER, password));
        }

        private void run(List<String> command, String input) throws IOException {
            Runner.Ended ended = runner.run(command, input);
            if (ended.exit() != 0) {
                throw new CannotStartPostgres(CannotStartPostgres.meaning(folder, ended.output()));
            }
        }
    }
}
