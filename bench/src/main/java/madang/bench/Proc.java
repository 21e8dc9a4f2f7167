package madang.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a process takes of the machine, as Linux tells it under /proc. A process that has ended is
/// nameless and takes nothing.
final class Proc {
    /// USER_HZ, the same on every Linux of today.
    private static final double TICKS_A_SECOND = 100;

    private static final Pattern SPACE = Pattern.compile(" ");
    private static final Pattern NUL = Pattern.compile("\0");
    private static final int USER = 0;
    private static final int NICE = 1;
    private static final int SYSTEM = 2;
    private static final int UTIME = 11;
    private static final int STIME = 12;
    private static final int REAPED_STIME = 14;

    private Proc() {}

    /// CPU time of the whole machine.
    static double machineSeconds() {
        String all = read(Path.of("/proc/stat")).lines().findFirst().orElseThrow();
        long[] ticks =
                SPACE.splitAsStream(all.substring("cpu  ".length()))
                        .mapToLong(Long::parseLong)
                        .toArray();
        return (ticks[USER] + ticks[NICE] + ticks[SYSTEM]) / TICKS_A_SECOND;
    }

    /// CPU time of the process itself, in seconds, to a hundredth.
    static double cpuSeconds(long pid) {
        return ticks(read(pid, "stat"), STIME) / TICKS_A_SECOND;
    }

    /// The same with what those of its children took that have ended.
    static double cpuSecondsWithReaped(long pid) {
        return ticks(read(pid, "stat"), REAPED_STIME) / TICKS_A_SECOND;
    }

    /// CPU time of those of its threads whose name begins so.
    static double threadSeconds(long pid, String name) {
        return threads(pid)
                        .filter(thread -> read(thread.resolve("comm")).startsWith(name))
                        .mapToLong(thread -> ticks(read(thread.resolve("stat")), STIME))
                        .sum()
                / TICKS_A_SECOND;
    }

    static long residentBytes(long pid) {
        return rollup(pid, "Rss:");
    }

    /// Shared pages count by the part that falls to this process, so that a sum over PostgreSQL's
    /// processes is what they take together.
    static long proportionalBytes(long pid) {
        return rollup(pid, "Pss:");
    }

    static String name(long pid) {
        return read(pid, "comm").strip();
    }

    static String program(long pid) {
        return commandLine(pid).getFirst();
    }

    static List<String> commandLine(long pid) {
        return NUL.splitAsStream(read(pid, "cmdline")).toList();
    }

    private static long ticks(String stat, int last) {
        String afterName = stat.substring(stat.lastIndexOf(')') + 1).strip();
        return SPACE.splitAsStream(afterName)
                .skip(UTIME)
                .limit(last - UTIME + 1)
                .mapToLong(Long::parseLong)
                .sum();
    }

    private static long rollup(long pid, String name) {
        return read(pid, "smaps_rollup")
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")) * 1024)
                .sum();
    }

    private static Stream<Path> threads(long pid) {
        try (Stream<Path> threads = Files.list(folder(pid).resolve("task"))) {
            return threads.toList().stream();
        } catch (IOException ended) {
            return Stream.of();
        }
    }

    private static String read(long pid, String what) {
        return read(folder(pid).resolve(what));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException ended) {
            return "";
        }
    }

    private static Path folder(long pid) {
        return Path.of("/proc", Long.toString(pid));
    }
}
