package madang.embedded;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// The programs of PostgreSQL for this machine, unpacked from the jar once a version.
record Binaries(Path folder) {

    String postgres() {
        return folder.resolve("bin/postgres").toString();
    }

    String initdb() {
        return folder.resolve("bin/initdb").toString();
    }

    String pgCtl() {
        return folder.resolve("bin/pg_ctl").toString();
    }

    /// Unpacks below `home`, where they are not yet. Many processes may do so at once: one works,
    /// the others wait; whoever sees the folder sees it whole, also after a kill midway.
    static synchronized Binaries in(Path home) throws IOException {
        URL archive = archive();
        Path folder = home.resolve("postgres-18-" + fingerprint(archive));
        if (!Files.exists(folder)) {
            try (FileChannel lock = FileChannel.open(home.resolve("lock"), CREATE, WRITE)) {
                lock.lock();
                if (!Files.exists(folder)) {
                    unpackWhole(archive, folder);
                }
            }
        }
        return new Binaries(folder);
    }

    private static URL archive() {
        String name = archiveName(System.getProperty("os.name"), System.getProperty("os.arch"));
        URL archive = Binaries.class.getResource(name);
        if (archive == null) {
            throw new CannotStartPostgres(
                    "no PostgreSQL is bundled for this machine (%s): set MADANG_DATABASE_URL to one that runs elsewhere"
                            .formatted(name));
        }
        return archive;
    }

    static String archiveName(String system, String processor) {
        String os = system.startsWith("Mac") ? "darwin" : system.toLowerCase(Locale.ROOT);
        String arch =
                switch (processor) {
                    case "amd64", "x86_64" -> "x86_64";
                    case "aarch64" -> "arm_64";
                    default -> processor;
                };
        return "/postgres-" + os + "-" + arch + ".txz";
    }

    /// Tells one build from the next without reading it: the checksum that the jar keeps anyway.
    private static String fingerprint(URL archive) throws IOException {
        URLConnection connection = archive.openConnection();
        return connection instanceof JarURLConnection jar
                ? "%08x".formatted(jar.getJarEntry().getCrc())
                : "%x".formatted(connection.getContentLengthLong());
    }

    private static void unpackWhole(URL archive, Path folder) throws IOException {
        Path draft = folder.resolveSibling(folder.getFileName() + ".new");
        Folders.delete(draft);
        try (InputStream packed = new BufferedInputStream(archive.openStream())) {
            unpack(packed, draft);
        }
        Folders.publish(draft, folder);
    }

    private static void unpack(InputStream packed, Path folder) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(packed))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                Path path = folder.resolve(entry.getName()).normalize();
                if (!path.startsWith(folder)) {
                    throw new IOException("the archive leaves its folder: " + entry.getName());
                }
                unpack(tar, entry, path);
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path path)
            throws IOException {
        if (entry.isDirectory()) {
            Folders.create(path, "rwxr-xr-x");
            return;
        }
        Folders.create(Folders.parent(path), "rwxr-xr-x");
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, path);
        boolean program = (entry.getMode() & 0100) != 0;
        Files.setPosixFilePermissions(
                path, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
        Folders.force(path);
    }
}
