package madang.dialect.woongkie;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import madang.kit.Failure;
import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Routes;
import org.jspecify.annotations.Nullable;

/// The built files of a client, as they lie in a directory. An address that is no file is the
/// client's own business: it gets the client's page, signed in or not.
final class ClientFiles {
    private static final String PAGE = "index.html";
    private static final Map<String, String> TYPES =
            Map.ofEntries(
                    Map.entry("html", "text/html; charset=utf-8"),
                    Map.entry("js", "text/javascript; charset=utf-8"),
                    Map.entry("mjs", "text/javascript; charset=utf-8"),
                    Map.entry("css", "text/css; charset=utf-8"),
                    Map.entry("json", "application/json"),
                    Map.entry("webmanifest", "application/manifest+json"),
                    Map.entry("map", "application/json"),
                    Map.entry("svg", "image/svg+xml"),
                    Map.entry("png", "image/png"),
                    Map.entry("jpg", "image/jpeg"),
                    Map.entry("jpeg", "image/jpeg"),
                    Map.entry("gif", "image/gif"),
                    Map.entry("webp", "image/webp"),
                    Map.entry("ico", "image/x-icon"),
                    Map.entry("woff", "font/woff"),
                    Map.entry("woff2", "font/woff2"),
                    Map.entry("mp3", "audio/mpeg"),
                    Map.entry("txt", "text/plain; charset=utf-8"),
                    Map.entry("xml", "application/xml"));

    /// The names of built files hold the hash of what is in them.
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    /// Pages of the older client, by the addresses that it knows them by.
    private static final Map<String, String> PAGES =
            Map.of("/login", "login.html", "/client", "chat.html");

    private static final String WITH_HEADER =
            """

            <script>
              const ask = window.fetch;
              window.fetch = (url, options = {}) =>
                ask(url, {
                  ...options,
                  headers: { ...options.headers, 'X-Requested-With': 'XMLHttpRequest' },
                });
            </script>
            """;

    private final Path folder;

    ClientFiles(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /// Whether a client lies there; without its page every address of it would be a failure.
    static boolean areIn(Path folder) {
        return Files.isRegularFile(folder.resolve(PAGE));
    }

    void routes(Routes own) {
        own.get("/admin", Access.ADMIN, WoongkieFace.GENERAL, _ -> admin()).hidden();
        own.get("/{file...}", Access.PUBLIC, WoongkieFace.GENERAL, this::file).hidden();
    }

    private ApiResponse file(ApiRequest request) {
        String path = request.path();
        @Nullable Path found = found(path);
        if (found == null && isPartOfPage(path)) {
            throw Failure.notFound("NOT_FOUND");
        }
        Path shown = found == null ? page(path) : found;
        return ApiResponse.raw(200, type(shown), bytes(shown))
                .header("Cache-Control", path.startsWith("/assets/") ? FOR_EVER : "no-cache");
    }

    /// Its page for administrators forgets the header without which nothing is changed for a
    /// cookie; a script before its own ones adds it.
    private ApiResponse admin() {
        @Nullable Path page = found("/view/admin.html");
        if (page == null) {
            throw Failure.notFound("NOT_FOUND");
        }
        String html = new String(bytes(page), UTF_8);
        return ApiResponse.raw(type(page), html.replaceFirst("<head>", "<head>" + WITH_HEADER))
                .header("Cache-Control", "no-cache");
    }

    /// A script that is not there must not be answered with a page.
    private static boolean isPartOfPage(String path) {
        return path.startsWith("/assets/") || path.startsWith("/view/");
    }

    private Path page(String path) {
        @Nullable String older = PAGES.get(path);
        @Nullable Path found = older == null ? null : found("/view/" + older);
        return found == null ? folder.resolve(PAGE) : found;
    }

    /// A file of ours below the directory; nothing that begins with a dot, and no way out.
    private @Nullable Path found(String path) {
        String relative = path.substring(1);
        if (relative.isEmpty() || relative.indexOf('\0') >= 0 || isHidden(relative)) {
            return null;
        }
        Path file = folder.resolve(relative).normalize();
        return file.startsWith(folder) && Files.isRegularFile(file) ? file : null;
    }

    private static boolean isHidden(String relative) {
        return relative.startsWith(".") || relative.contains("/.");
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException missing) {
            if (!Files.exists(file)) {
                throw Failure.notFound("NOT_FOUND");
            }
            throw new UncheckedIOException(missing);
        }
    }

    private static String type(Path file) {
        String name = file.getFileName().toString();
        String end = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(end, "application/octet-stream");
    }
}
