package madang.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The PostgreSQL that an embedded one keeps below a folder, to be hurt. Every blow tells whether
/// there was one to hit; it may be dying or starting just now.
public final class PostgresProcess {
    private final Path folder;

    private PostgresProcess(Path folder) {
        this.folder = folder;
    }

    public static PostgresProcess below(Path folder) {
        return new PostgresProcess(folder);
    }

    /// kill -9 of the postmaster alone; its children notice.
    public boolean kill() {
        return server().map(ProcessHandle::destroyForcibly).orElse(false);
    }

    /// As `pg_ctl stop -m immediate`: all end at once, and the next start recovers.
    public boolean stopImmediately() {
        return server().filter(server -> Program.ran("kill", "-QUIT", pid(server))).isPresent();
    }

    /// From now on every write to any file fails for all processes of one that is at work, as on a
    /// broken disk: a file may not be longer than nothing. Ends with the postmaster.
    public boolean breakDisk() {
        return isReady() && server().filter(PostgresProcess::limitFiles).isPresent();
    }

    private static boolean limitFiles(ProcessHandle server) {
        List<ProcessHandle> all = new ArrayList<>(server.descendants().toList());
        all.addFirst(server);
        boolean isLimited = false;
        for (ProcessHandle process : all) {
            List<String> command = new ArrayList<>(asItsOwner(process));
            command.addAll(List.of("prlimit", "--pid", pid(process), "--fsize=0:"));
            isLimited |= Program.ran(command.toArray(String[]::new));
        }
        return isLimited;
    }

    /// Whoever owns a process may bound it, root only with a capability that containers take away.
    private static List<String> asItsOwner(ProcessHandle process) {
        String owner = process.info().user().orElse("");
        return owner.equals(System.getProperty("user.name"))
                ? List.of()
                : List.of("setpriv", "--reuid=" + owner, "--regid=65534", "--clear-groups");
    }

    private Optional<ProcessHandle> server() {
        return facts().flatMap(facts -> ProcessHandle.of(Long.parseLong(facts.getFirst().strip())))
                .filter(ProcessHandle::isAlive);
    }

    /// As the postmaster itself writes it, in the eighth line.
    private boolean isReady() {
        return facts().filter(facts -> facts.size() > 7 && facts.get(7).strip().equals("ready"))
                .isPresent();
    }

    /// What the postmaster tells of itself, its process first.
    private Optional<List<String>> facts() {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path pidFile : all.filter(path -> path.endsWith("postmaster.pid")).toList()) {
                List<String> lines = Files.readAllLines(pidFile);
                if (!lines.isEmpty() && lines.getFirst().strip().matches("[0-9]+")) {
                    return Optional.of(lines);
                }
            }
        } catch (IOException | UncheckedIOException changing) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static String pid(ProcessHandle process) {
        return Long.toString(process.pid());
    }
}
