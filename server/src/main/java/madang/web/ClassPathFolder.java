package madang.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All files of a folder of the class path, which lies in a directory while we work and in a jar
/// once we are shipped. The folder of the pages is a package as well: its classes stay out.
final class ClassPathFolder {
    private ClassPathFolder() {}

    /// The files by their path below the folder. `landmark` is one that must be among them: class
    /// loaders find files more surely than folders.
    static SortedMap<String, byte[]> read(ClassLoader loader, String folder, String landmark) {
        @Nullable URL found = loader.getResource(folder + "/" + landmark);
        if (found == null) {
            throw new IllegalStateException(folder + "/" + landmark + " is not on the class path");
        }
        try {
            URLConnection connection = found.openConnection();
            return connection instanceof JarURLConnection jar
                    ? readJar(jar, folder)
                    : readDirectory(Path.of(found.toURI()).resolveSibling(""));
        } catch (IOException | URISyntaxException unreadable) {
            throw new IllegalStateException("cannot read " + found, unreadable);
        }
    }

    private static SortedMap<String, byte[]> readJar(JarURLConnection jar, String folder)
            throws IOException, URISyntaxException {
        try (FileSystem files = FileSystems.newFileSystem(Path.of(jar.getJarFileURL().toURI()))) {
            return readDirectory(files.getPath(folder));
        }
    }

    private static SortedMap<String, byte[]> readDirectory(Path directory) throws IOException {
        SortedMap<String, byte[]> contents = new TreeMap<>();
        for (Path file : filesBelow(directory)) {
            String name = directory.relativize(file).toString().replace('\\', '/');
            contents.put(name, Files.readAllBytes(file));
        }
        return contents;
    }

    private static List<Path> filesBelow(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(Files::isRegularFile).filter(file -> !isClass(file)).toList();
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    private static boolean isClass(Path file) {
        return file.toString().endsWith(".class");
    }
}
