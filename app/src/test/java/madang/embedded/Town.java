package madang.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import madang.kit.Secret;
import madang.kit.db.DatabaseAddress;

/// Another Madang on a data folder, in a process of its own, and what its people wrote.
final class Town implements AutoCloseable {
    private final Path folder;
    private final Process process;
    private final String firstWord;

    private Town(Path folder, Process process) throws IOException {
        this.folder = folder;
        this.process = process;
        firstWord = firstWord(process.inputReader());
    }

    /// `as` goes before the command: a program that makes it another user.
    static Town on(Path folder, String... as) throws IOException {
        return new Town(folder, begin(folder, as));
    }

    static Process begin(Path folder, String... as) throws IOException {
        List<String> command = new ArrayList<>(List.of(as));
        command.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PostgresProcess.class.getName(),
                        folder.toString()));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String firstWord(BufferedReader lines) throws IOException {
        List<String> heard = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("listens ") || line.startsWith("refused ")) {
                return line;
            }
            heard.add(line);
        }
        return String.join("\n", heard);
    }

    String refusal() {
        if (!firstWord.startsWith("refused ")) {
            throw new AssertionError(firstWord);
        }
        return firstWord;
    }

    DatabaseAddress address() throws IOException {
        return new DatabaseAddress(word(1), "madang", new Secret(password(folder)));
    }

    long startMillis() {
        return Long.parseLong(word(2));
    }

    private boolean isListening() {
        return firstWord.startsWith("listens ");
    }

    private String word(int index) {
        if (!isListening()) {
            throw new AssertionError(firstWord);
        }
        return firstWord.split(" ", -1)[index];
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
        if (isListening()) {
            awaitEndOfPostmaster(folder);
        }
    }

    static void killPostmaster(Path folder) throws IOException {
        ProcessHandle.of(postmaster(folder)).orElseThrow().destroyForcibly();
    }

    static long postmaster(Path folder) throws IOException {
        return PidFile.read(folder.resolve("postgres/data")).orElseThrow().pid();
    }

    private static void awaitEndOfPostmaster(Path folder) {
        Path pidFile = PidFile.path(folder.resolve("postgres/data"));
        Wait.atMost(Duration.ofSeconds(10), () -> !Files.exists(pidFile));
    }

    private static String password(Path folder) throws IOException {
        return Files.readString(folder.resolve("postgres/password")).strip();
    }

    static void say(DatabaseAddress address, String sql) throws SQLException {
        try (Connection connection = connect(address);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static String ask(DatabaseAddress address, String sql) throws SQLException {
        try (Connection connection = connect(address);
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(sql)) {
            answer.next();
            return Objects.requireNonNull(answer.getString(1));
        }
    }

    static Connection connect(DatabaseAddress address) throws SQLException {
        return DriverManager.getConnection(
                address.jdbcUrl(), address.user(), address.password().value());
    }
}
