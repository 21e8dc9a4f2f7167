package madang.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The place of one run: a folder that is gone afterwards, also when the run is broken off, and the
/// town that several profiles share.
final class Grounds implements AutoCloseable {
    private static final int MAX_TRIES = 50;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);

    private final Path folder;
    private final Figures figures;
    private @Nullable Town town;
    private int towns;
    private boolean isIntroduced;

    Grounds(Figures figures) {
        this.figures = figures;
        try {
            folder = Files.createTempDirectory("madang-bench");
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::delete));
            figures.about("data", "on " + Files.getFileStore(folder).type() + ", under " + folder);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    Path folder(String name) {
        return folder.resolve(name);
    }

    Server start(String data) {
        return start(data, Map.of());
    }

    /// The first server also introduces itself above the figures.
    Server start(String data, Map<String, String> settings) {
        Server server = Server.start(folder, data, settings);
        if (!isIntroduced) {
            isIntroduced = true;
            figures.about("server", Server.command() + " = " + Proc.commandLine(server.pid()));
            figures.about("database", server.postgresVersion());
            figures.heading();
        }
        return server;
    }

    /// The town of all profiles that put load on a warm server.
    Town town() {
        if (town == null) {
            town = new Town(start("town" + ++towns));
        }
        return town;
    }

    /// Ends the town: nothing that failed in it may weigh on the next profile.
    void leaveTown() {
        if (town != null) {
            town.close();
            town.server().close();
            town = null;
        }
    }

    @Override
    public void close() {
        leaveTown();
        delete();
    }

    /// A PostgreSQL whose server was killed lives on for a moment and may still write here.
    private void delete() {
        for (int tries = 0; tries < MAX_TRIES && Files.exists(folder); tries++) {
            try (Stream<Path> files = Files.walk(folder)) {
                List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
                for (Path file : deepestFirst) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException | UncheckedIOException stillInUse) {
                LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
            }
        }
    }
}
