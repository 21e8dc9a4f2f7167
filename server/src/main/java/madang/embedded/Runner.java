package madang.embedded;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// As whom PostgreSQL runs. It refuses root: then it becomes uid 65534 with the one capability that
/// lets it read below folders which only root may enter. On Linux it also ends when we do, even by
/// kill -9, and keeps out of our process group: a Ctrl-C is for us, and we stop PostgreSQL when the
/// last request is done.
final class Runner {
    static final int NOBODY = 65534;

    /// CAP_DAC_READ_SEARCH (capabilities(7)).
    private static final long READ_SEARCH = 1L << 2;

    private static final Path ROOTS_CACHE = Path.of("/var/cache/madang");

    private final boolean root;
    private final List<String> prefix;

    private Runner(boolean root, List<String> prefix) {
        this.root = root;
        this.prefix = prefix;
    }

    static Runner on(Path folder) throws IOException {
        return weAreRoot() ? new Runner(true, asNobody(folder)) : new Runner(false, asOurselves());
    }

    /// The mode of a new data folder: what lies in it is ours alone, but PostgreSQL must get
    /// through.
    static String folderMode() throws IOException {
        return weAreRoot() && !mayReadEverywhere() ? "rwx--x--x" : "rwx------";
    }

    record Ended(int exit, String output) {}

    /// Runs a program to its end; gives it `input` and takes all that it says.
    Ended run(List<String> program, String input) throws IOException {
        Process process = start(program);
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException endedEarly) {
            // Its output says why.
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.onExit().join().exitValue(), output.strip());
    }

    /// From a thread that outlives the process: the death signal follows the thread.
    Process start(List<String> program) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(program);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.directory(Path.of("/").toFile());
        // PG* variables of whoever started us are not meant for this server.
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/local/bin:/usr/bin:/bin");
        builder.environment().put("LC_ALL", "C");
        return builder.start();
    }

    /// A folder that belongs to whom PostgreSQL runs as, and to nobody else.
    Path privateFolder(Path path) throws IOException {
        Folders.create(path, "rwx------");
        give(path);
        return path;
    }

    void give(Path path) throws IOException {
        if (root) {
            Files.setAttribute(path, "unix:uid", NOBODY);
            Files.setAttribute(path, "unix:gid", NOBODY);
        }
    }

    /// Where the programs lie: PostgreSQL finds itself with access(2), which ignores capabilities,
    /// so root's must be in a place that everybody may walk and only root may write.
    Path cache(Path folder) throws IOException {
        if (!root) {
            Path ours = folder.resolve("cache");
            Folders.create(ours, "rwx------");
            return ours;
        }
        Folders.create(ROOTS_CACHE, "rwxr-xr-x");
        if (!ownedBy(ROOTS_CACHE, 0) || (mode(ROOTS_CACHE) & 0022) != 0) {
            throw new CannotStartPostgres(
                    ROOTS_CACHE
                            + " must belong to root and be writable by nobody else: it holds programs");
        }
        return ROOTS_CACHE;
    }

    private static boolean weAreRoot() {
        return new UnixSystem().getUid() == 0;
    }

    private static List<String> asOurselves() {
        Optional<String> setsid = find("setsid");
        Optional<String> setpriv = find("setpriv");
        return setsid.isPresent() && setpriv.isPresent()
                ? List.of(setsid.get(), setpriv.get(), "--pdeathsig=INT")
                : List.of();
    }

    private static List<String> asNobody(Path folder) throws IOException {
        Optional<String> setsid = find("setsid");
        Optional<String> setpriv = find("setpriv");
        if (setsid.isEmpty() || setpriv.isEmpty()) {
            throw new CannotStartPostgres(
                    "PostgreSQL refuses to be root, and setpriv and setsid (util-linux), which make it another user, are missing: install them, or start Madang as an ordinary user who owns MADANG_DATA="
                            + folder);
        }
        List<String> command =
                new ArrayList<>(
                        List.of(
                                setsid.get(),
                                setpriv.get(),
                                "--reuid=" + NOBODY,
                                "--regid=" + NOBODY,
                                "--clear-groups",
                                "--no-new-privs",
                                "--pdeathsig=INT"));
        if (mayReadEverywhere()) {
            command.add("--inh-caps=+dac_read_search");
            command.add("--ambient-caps=+dac_read_search");
        } else {
            requireOpenWay(folder);
        }
        return command;
    }

    /// Containers often take this from root.
    private static boolean mayReadEverywhere() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("CapPrm:"))
                    .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                    .anyMatch(permitted -> (permitted & READ_SEARCH) != 0);
        }
    }

    private static void requireOpenWay(Path folder) throws IOException {
        for (Path step = folder; step != null; step = step.getParent()) {
            if (!nobodyMayEnter(step)) {
                throw new CannotStartPostgres(
                        "PostgreSQL refuses to be root, user %d may not enter %s, and this system keeps the capability dac_read_search from root: run chmod o+x %s, name another folder by MADANG_DATA, or start Madang as an ordinary user"
                                .formatted(NOBODY, step, step));
            }
        }
    }

    private static boolean nobodyMayEnter(Path folder) throws IOException {
        if (ownedBy(folder, NOBODY)) {
            return (mode(folder) & 0100) != 0;
        }
        return Files.getAttribute(folder, "unix:gid").equals(NOBODY)
                ? (mode(folder) & 0010) != 0
                : (mode(folder) & 0001) != 0;
    }

    private static boolean ownedBy(Path path, int uid) throws IOException {
        return Files.getAttribute(path, "unix:uid").equals(uid);
    }

    private static int mode(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:mode");
    }

    private static Optional<String> find(String program) {
        return Stream.of("/usr/bin/", "/bin/", "/usr/local/bin/", "/run/current-system/sw/bin/")
                .map(folder -> folder + program)
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst();
    }
}
