package madang.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A folder of the class path, which lies in a directory while we work and in a jar once we are
/// shipped. The folder of the pages is a package as well: its classes stay out.
final class ClassPathFolder {
    private final ClassLoader loader;
    private final String prefix;
    private final URL landmark;

    /// The folder that holds `landmark`, or, where that is empty, the first one of its name.
    ClassPathFolder(ClassLoader loader, String folder, String landmark) {
        this.loader = loader;
        prefix = folder + "/";
        @Nullable URL found = loader.getResource(prefix + landmark);
        if (found == null) {
            throw new IllegalStateException(prefix + landmark + " is not on the class path");
        }
        this.landmark = found;
    }

    /// Every file by its path below the folder.
    SortedMap<String, byte[]> files() {
        SortedMap<String, byte[]> contents = new TreeMap<>();
        for (String path : paths()) {
            contents.put(path, bytes(prefix + path));
        }
        return contents;
    }

    /// The names of what lies directly in it.
    SortedSet<String> names() {
        return paths().stream()
                .map(path -> path.split("/", 2)[0])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private SortedSet<String> paths() {
        try {
            URLConnection connection = landmark.openConnection();
            SortedSet<String> paths =
                    connection instanceof JarURLConnection jar
                            ? pathsInJar(jar.getJarFile())
                            : pathsInDirectory(directory(Path.of(landmark.toURI())));
            paths.removeIf(path -> path.endsWith(".class"));
            return paths;
        } catch (IOException | URISyntaxException unreadable) {
            throw new IllegalStateException("cannot read " + landmark, unreadable);
        }
    }

    /// The jar is the class loader's own, kept open by it: reading its list costs little.
    private SortedSet<String> pathsInJar(JarFile jar) {
        SortedSet<String> paths = new TreeSet<>();
        for (Enumeration<JarEntry> all = jar.entries(); all.hasMoreElements(); ) {
            JarEntry entry = all.nextElement();
            if (!entry.isDirectory() && entry.getName().startsWith(prefix)) {
                paths.add(entry.getName().substring(prefix.length()));
            }
        }
        return paths;
    }

    private static SortedSet<String> pathsInDirectory(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString().replace('\\', '/'))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Path directory(Path landmark) {
        return Files.isDirectory(landmark) ? landmark : landmark.resolveSibling("");
    }

    private byte[] bytes(String path) {
        try (InputStream stream = loader.getResourceAsStream(path)) {
            if (stream == null) {
                throw new IllegalStateException(path + " is not on the class path");
            }
            return stream.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(path, unreadable);
        }
    }
}
