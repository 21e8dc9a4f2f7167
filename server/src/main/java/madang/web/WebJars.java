package madang.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The libraries that pages load, in the versions that the class path really holds. Nothing else of
/// the class path can be reached through here.
final class WebJars {
    static final String PREFIX = "/webjars/";
    private static final Pattern PATH = Pattern.compile("([a-z_-]+)/([^/]+)/([A-Za-z0-9._/-]+)");

    /// What each library may show.
    private enum Library {
        LIT("lit", ".*\\.js"),
        LIT_HTML("lit-html", ".*\\.js"),
        LIT_ELEMENT("lit-element", ".*\\.js"),
        REACTIVE_ELEMENT("lit__reactive-element", ".*\\.js"),
        ICONS("bootstrap-icons", "icons/[a-z0-9-]+\\.svg"),
        SWAGGER_UI("swagger-ui", "[a-z0-9-]+\\.(js|css|png)");

        private final String artifact;
        private final Pattern served;

        Library(String artifact, String served) {
            this.artifact = artifact;
            this.served = Pattern.compile(served);
        }
    }

    private final ClassLoader loader;
    private final Map<String, Library> libraries = new HashMap<>();
    private final Map<String, String> versions = new HashMap<>();
    private final Map<String, Asset> read = new ConcurrentHashMap<>();

    /// Fails when a library is missing, at the start and not at the first visit.
    WebJars(ClassLoader loader) {
        this.loader = loader;
        for (Library library : Library.values()) {
            libraries.put(library.artifact, library);
            versions.put(library.artifact, version(loader, library));
        }
    }

    /// Where a file of a library is served. A file that is not there stops the start: a page that
    /// cannot load its modules shows nothing at all.
    String path(String artifact, String file) {
        String path = artifact + "/" + versions.get(artifact) + "/" + file;
        if (loader.getResource(resource(path)) == null) {
            throw new IllegalStateException("the class path has no web file " + path);
        }
        return PREFIX + path;
    }

    /// Where a library's folder is served, proven by a file that must lie in it.
    String folder(String artifact, String file) {
        String path = path(artifact, file);
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    /// Finds `lit/3.3.1/index.js`. Only what is found is kept, so the memory is bounded by the
    /// jars.
    Optional<Asset> find(String path) {
        @Nullable Asset known = read.get(path);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Asset> found = isServed(path) ? load(path) : Optional.empty();
        found.ifPresent(asset -> read.put(path, asset));
        return found;
    }

    private boolean isServed(String path) {
        Matcher parts = PATH.matcher(path);
        if (!parts.matches() || path.contains("..") || path.contains("//")) {
            return false;
        }
        @Nullable Library library = libraries.get(parts.group(1));
        return library != null
                && parts.group(2).equals(versions.get(library.artifact))
                && library.served.matcher(parts.group(3)).matches();
    }

    private Optional<Asset> load(String path) {
        try (InputStream bytes = loader.getResourceAsStream(resource(path))) {
            return bytes == null
                    ? Optional.empty()
                    : Optional.of(Asset.immutable(path, bytes.readAllBytes()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(path, unreadable);
        }
    }

    /// Two versions of one library on the class path would be a draw; it stops the start as well.
    private static String version(ClassLoader loader, Library library) {
        SortedSet<String> versions =
                new ClassPathFolder(loader, resource(library.artifact), "").names();
        if (versions.size() != 1) {
            throw new IllegalStateException(library.artifact + " comes in versions " + versions);
        }
        return versions.getFirst();
    }

    private static String resource(String path) {
        return "META-INF/resources/webjars/" + path;
    }
}
