package madang.bench;

import java.time.Duration;
import java.util.List;
import madang.bench.Figures.Target;
import madang.bench.Town.Person;

/// What the server holds while nothing happens: by itself, and for each socket that is open.
final class Memory {
    private static final int SOCKETS = 15_000;

    /// So many sockets come and go first, so that what the first ones load counts for none.
    private static final int WARMUP_SOCKETS = 200;

    private static final Duration REST = Duration.ofSeconds(5);
    private static final double MIB = 1 << 20;
    private static final double KIB = 1 << 10;

    private Memory() {}

    static void idle(Grounds grounds, Figures figures) {
        try (Server server = grounds.start("memory");
                var loop = new Loop()) {
            loop.turnFor(REST);
            figures.line(
                    "idle memory of the JVM, resident",
                    server.residentBytes() / MIB,
                    "MiB",
                    Target.atMost(200, "MiB"),
                    "5 s after a first run");
            figures.line(
                    "idle memory of PostgreSQL",
                    server.postgresBytes() / MIB,
                    "MiB",
                    Target.NONE,
                    "all its processes, shared pages once");
        }
    }

    /// Garbage is collected before both readings: only what sockets keep is of interest.
    static void sockets(Grounds grounds, Figures figures) {
        try (Server server = grounds.start("sockets");
                var town = new Town(server)) {
            List<Person> people = town.people(SOCKETS);
            town.sockets(people.subList(0, WARMUP_SOCKETS)).forEach(Peer::close);
            long before = settled(town);
            town.sockets(people);
            long after = settled(town);
            figures.line(
                    "resident memory an idle authenticated socket",
                    (after - before) / KIB / SOCKETS,
                    "KiB",
                    Target.atMost(10, "KiB"),
                    String.format(
                            "at 15,000: %.0f to %.0f MiB, after a collection",
                            before / MIB, after / MIB));
        }
    }

    private static long settled(Town town) {
        town.loop().turnFor(REST);
        Command.output(
                System.getProperty("java.home") + "/bin/jcmd",
                Long.toString(town.server().pid()),
                "GC.run");
        town.loop().turnFor(REST);
        return town.server().residentBytes();
    }
}
