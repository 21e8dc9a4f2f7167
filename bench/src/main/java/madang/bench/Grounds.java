package madang.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The place of one run: a folder that is gone afterwards, and the town that several profiles
/// share.
final class Grounds implements AutoCloseable {
    private final Path folder;
    private final Figures figures;
    private @Nullable Town town;
    private int towns;
    private boolean isIntroduced;

    Grounds(Figures figures) {
        this.figures = figures;
        try {
            folder = Files.createTempDirectory("madang-bench");
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

    /// What a server that died left running may still write here; then the folder stays.
    private void delete() {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException kept) {
            figures.about("left", folder + ", delete it: " + kept);
        }
    }
}
