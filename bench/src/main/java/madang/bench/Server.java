package madang.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The server as it is shipped, as a child of this process. What it takes is read from /proc, and
/// it ends with `close` or with this process, whichever comes first.
final class Server implements AutoCloseable {
    /// What stands in the way of a load that comes from one address, and an operator's token to
    /// read the metrics. Everything else is as shipped.
    static final Map<String, String> RAISED =
            settings(
                    "MADANG_RATE_LIMIT_API", "1000000/second burst 1000000",
                    "MADANG_RATE_LIMIT_FRAMES", "1000000/second burst 1000000",
                    "MADANG_RATE_LIMIT_SIGN_UP", "1000000/second burst 1000000",
                    "MADANG_BCRYPT_COST", "4",
                    "APP_ENV", "development");

    /// How people start it. Another command is for those who compare builds.
    private static final List<String> COMMAND =
            List.of(System.getProperty("madang.run", script() + " run").split(" ", -1));

    private static final String OPERATOR_TOKEN = "operator-of-the-bench-0123456789abcdef";
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(35);
    private static final Duration POLL = Duration.ofMillis(4);
    private static final int LAST_WORDS = 20;

    private final Process process;
    private final Path log;
    private final InetSocketAddress address;
    private final Duration readyAfter;

    private Server(Path folder, String data, Map<String, String> settings) {
        address = freeAddress();
        log = folder.resolve(data + ".log");
        long started = System.nanoTime();
        process = begin(folder, data, settings);
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().unstarted(process::destroyForcibly));
        readyAfter = ready(started);
    }

    /// Starts it in this folder, on the data folder of that name, and returns when it is ready.
    /// `settings` add to the raised ones.
    static Server start(Path folder, String data, Map<String, String> settings) {
        return new Server(folder, data, settings);
    }

    static String command() {
        return String.join(" ", COMMAND);
    }

    InetSocketAddress address() {
        return address;
    }

    /// From the start of the process to its first yes at `/ready`.
    Duration readyAfter() {
        return readyAfter;
    }

    long pid() {
        return process.pid();
    }

    double cpuSeconds() {
        return Proc.cpuSeconds(process.pid());
    }

    /// CPU time of everything on this machine but the server, its PostgreSQL and us.
    double othersCpuSeconds() {
        return Proc.machineSeconds()
                - cpuSeconds()
                - postgresCpuSeconds()
                - Proc.cpuSeconds(ProcessHandle.current().pid());
    }

    /// What of it went to the compilers of the JVM.
    double compilerSeconds() {
        return Proc.threadSeconds(process.pid(), "C1 Compiler")
                + Proc.threadSeconds(process.pid(), "C2 Compiler");
    }

    long residentBytes() {
        return Proc.residentBytes(process.pid());
    }

    /// CPU time of the embedded PostgreSQL: what runs, and what the postmaster has seen ending.
    double postgresCpuSeconds() {
        return postgres().mapToDouble(Proc::cpuSecondsWithReaped).sum();
    }

    long postgresBytes() {
        return postgres().mapToLong(Proc::proportionalBytes).sum();
    }

    /// The version line of the embedded PostgreSQL.
    String postgresVersion() {
        return postgres()
                .findFirst()
                .map(pid -> Command.output(Proc.program(pid), "--version"))
                .orElse("external");
    }

    private Stream<Long> postgres() {
        return process.descendants()
                .map(ProcessHandle::pid)
                .filter(pid -> Proc.name(pid).equals("postgres"));
    }

    /// The text of `/metrics`.
    String metrics() {
        return asked("/metrics");
    }

    @Override
    public void close() {
        try {
            process.destroy();
            if (!process.waitFor(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private Process begin(Path folder, String data, Map<String, String> settings) {
        var builder = new ProcessBuilder(COMMAND);
        builder.directory(folder.toFile());
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().retainAll(List.of("PATH", "HOME", "LANG"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("MADANG_DATA", folder.resolve(data).toString());
        builder.environment().put("MADANG_HOST", address.getAddress().getHostAddress());
        builder.environment().put("PORT", Integer.toString(address.getPort()));
        builder.environment().put("MADANG_OPERATOR_TOKEN", OPERATOR_TOKEN);
        builder.environment().putAll(RAISED);
        builder.environment().putAll(settings);
        try {
            return builder.start();
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot start " + command(), refused);
        }
    }

    private Duration ready(long started) {
        while (!isReady()) {
            long waited = System.nanoTime() - started;
            if (!process.isAlive() || waited > START_PATIENCE.toNanos()) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        command()
                                + " is not ready after "
                                + waited / 1_000_000
                                + " ms:\n"
                                + lastWords());
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        return Duration.ofNanos(System.nanoTime() - started);
    }

    private boolean isReady() {
        try {
            return ask("/ready").startsWith("HTTP/1.1 200 ");
        } catch (IOException notYet) {
            return false;
        }
    }

    private String asked(String path) {
        try {
            return ask(path);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private String ask(String path) throws IOException {
        try (var socket = new Socket(address.getAddress(), address.getPort())) {
            socket.setSoTimeout((int) START_PATIENCE.toMillis());
            String request =
                    "GET "
                            + path
                            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                            + "Authorization: Bearer "
                            + OPERATOR_TOKEN
                            + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join(
                    "\n", lines.subList(Math.max(0, lines.size() - LAST_WORDS), lines.size()));
        } catch (IOException silent) {
            return "(it left no log)";
        }
    }

    /// Free now; nobody on a quiet machine takes it before the server does.
    private static InetSocketAddress freeAddress() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return (InetSocketAddress) socket.getLocalSocketAddress();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static String script() {
        for (@Nullable File folder = new File("").getAbsoluteFile();
                folder != null;
                folder = folder.getParentFile()) {
            var script = new File(folder, "madang");
            if (script.canExecute() && script.isFile()) {
                return script.getPath();
            }
        }
        throw new IllegalStateException("run me inside the project: I look for its script madang");
    }

    private static Map<String, String> settings(String... namesAndValues) {
        var settings = new LinkedHashMap<String, String>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            settings.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return settings;
    }
}
