package madang.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What a process takes of the machine, as Linux tells it under /proc.
final class Proc {
    /// USER_HZ, the same on every Linux of today.
    private static final int TICKS_A_SECOND = 100;

    private static final int UTIME = 11;
    private static final int REAPED_CHILDREN_STIME = 14;
    private static final int STIME = 12;

    private Proc() {}

    /// CPU time of the process itself, in seconds, to a hundredth.
    static double cpuSeconds(long pid) {
        return ticks(pid, STIME);
    }

    /// The same with what its children took that have ended.
    static double cpuSecondsWithReaped(long pid) {
        return ticks(pid, REAPED_CHILDREN_STIME);
    }

    private static double ticks(long pid, int last) {
        String stat = read(pid, "stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = 0;
        for (int i = UTIME; i <= last; i++) {
            ticks += Long.parseLong(fields[i]);
        }
        return (double) ticks / TICKS_A_SECOND;
    }

    static long residentBytes(long pid) {
        return rollup(pid, "Rss:");
    }

    /// Shared pages count by the part that falls to this process, so that a sum over PostgreSQL's
    /// processes is what they take together.
    static long proportionalBytes(long pid) {
        return rollup(pid, "Pss:");
    }

    private static long rollup(long pid, String name) {
        return read(pid, "smaps_rollup")
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }

    static String name(long pid) {
        return read(pid, "comm").strip();
    }

    static Path program(long pid) {
        try {
            return Files.readSymbolicLink(file(pid, "exe"));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    static List<String> commandLine(long pid) {
        return List.of(read(pid, "cmdline").split("\0", -1));
    }

    private static String read(long pid, String what) {
        try {
            return Files.readString(file(pid, what));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static Path file(long pid, String what) {
        return Path.of("/proc", Long.toString(pid), what);
    }
}
