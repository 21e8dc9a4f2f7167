package madang.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import madang.kit.db.DatabaseAddress;

/// The product as a process of its own in a folder of its own, with a PostgreSQL of its own or as a
/// node on somebody's: to be killed in the middle of anything and started again.
public final class ChildHouse implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Path folder;
    private final int port;
    private final Map<String, String> settings;
    private Process process;

    private ChildHouse(Path folder, int port, Map<String, String> settings) {
        this.folder = folder;
        this.port = port;
        this.settings = settings;
    }

    /// Starts a house on an empty folder and returns when it is ready.
    public static ChildHouse start() {
        return start(Map.of());
    }

    /// Starts a node on this database and returns when it is ready.
    public static ChildHouse on(DatabaseAddress database) {
        return start(onDatabase(database));
    }

    /// The same, with its files in a folder that nodes share.
    public static ChildHouse on(DatabaseAddress database, Path data) {
        Map<String, String> settings = new HashMap<>(onDatabase(database));
        settings.put("MADANG_DATA", data.toString());
        return start(settings);
    }

    private static Map<String, String> onDatabase(DatabaseAddress database) {
        return Map.of(
                "MADANG_DATABASE_URL", url(database),
                "JWT_SECRET", "signing-key-of-the-tests-0123456789",
                "MADANG_VAULT_KEYS", "t:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
    }

    private static ChildHouse start(Map<String, String> settings) {
        try {
            ChildHouse house =
                    new ChildHouse(
                            Files.createTempDirectory("madang-child-house-"), freePort(), settings);
            house.startAgain();
            return house;
        } catch (IOException noFolder) {
            throw new UncheckedIOException(noFolder);
        }
    }

    private static String url(DatabaseAddress database) {
        return database.jdbcUrl()
                .replaceFirst(
                        "^jdbc:postgresql://",
                        "postgresql://" + database.user() + ":" + database.password().value() + "@")
                .replaceFirst("\\?.*", "");
    }

    public int port() {
        return port;
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /// After it was killed: on what the last life left behind.
    public void startAgain() {
        startAgain(List.of());
    }

    /// The same with some more options of the JVM.
    public void startAgain(List<String> options) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Xmx256m",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(options);
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty(
                                "surefire.test.class.path", System.getProperty("java.class.path")),
                        "madang.app.Main",
                        "run"));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment()
                .putAll(
                        Map.of(
                                "PORT", Integer.toString(port),
                                "MADANG_HOST", "127.0.0.1",
                                "MADANG_DATA", folder.resolve("data").toString(),
                                "MADANG_RATE_LIMIT_API", "100000/second",
                                "MADANG_RATE_LIMIT_SIGN_UP", "100000/second",
                                "MADANG_RATE_LIMIT_FRAMES", "100000/second",
                                "RATE_LIMIT_FILE_UPLOAD", "100000/second",
                                "MADANG_RATE_LIMIT_FILE_DOWNLOAD", "100000/second",
                                "MADANG_STORAGE_RESERVE", "0",
                                "MADANG_BCRYPT_COST", "4"));
        builder.environment().putAll(settings);
        File log = folder.resolve("house.log").toFile();
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log));
        try {
            process = builder.start();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        awaitReady();
    }

    /// kill -9; its PostgreSQL dies with it.
    public void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// Waits until it has died by itself; its exit code.
    public int awaitDeath() {
        try {
            if (!process.waitFor(PATIENCE)) {
                throw new AssertionError("the house lives on: " + log());
            }
            return process.exitValue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /// kill -9 of the PostgreSQL behind it, if one runs just now.
    public void killPostgres() {
        PostgresProcess.below(folder).kill();
    }

    public void awaitReady() {
        long begin = System.nanoTime();
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new AssertionError("the house does not get ready: " + log());
            }
            rest();
        }
    }

    public String log() {
        try {
            String all = Files.readString(folder.resolve("house.log"));
            return all.substring(Math.max(0, all.length() - 4_000));
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE)) {
                process.destroyForcibly();
            }
            delete();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void delete() {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }

    private boolean isReady() {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(url() + "/ready"))
                            .timeout(Duration.ofSeconds(5))
                            .build();
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private static void rest() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0)) {
            return any.getLocalPort();
        }
    }
}
