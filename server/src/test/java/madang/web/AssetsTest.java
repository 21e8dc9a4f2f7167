package madang.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssetsTest {
    private final Assets assets = Assets.load();
    private final String html = text(assets.index().html());

    @Test
    void the_page_names_its_files_by_an_address_that_may_be_kept_for_ever() throws IOException {
        Asset main = assets.find(base() + "/main.js").orElseThrow();
        assertThat(main.contentType()).isEqualTo("text/javascript; charset=utf-8");
        assertThat(main.cacheControl()).isEqualTo("public, max-age=31536000, immutable");
        assertThat(main.etag()).matches("\"[0-9a-f]{20}\"").isNotEqualTo(main.gzipEtag());
        assertThat(new GZIPInputStream(new ByteArrayInputStream(main.gzip())).readAllBytes())
                .isEqualTo(main.bytes());
    }

    @Test
    void the_page_itself_is_asked_for_again_at_every_visit() {
        assertThat(assets.index().html().cacheControl()).isEqualTo("no-cache");
        assertThat(html).doesNotContain("{{");
    }

    @Test
    void the_policy_lets_in_the_import_map_and_nothing_else_that_is_inline() throws Exception {
        String map = first("<script type=\"importmap\">(.*)</script>");
        byte[] hash =
                MessageDigest.getInstance("SHA-256").digest(map.getBytes(StandardCharsets.UTF_8));
        assertThat(assets.index().contentSecurityPolicy())
                .contains(
                        "script-src 'self' 'sha256-"
                                + Base64.getEncoder().encodeToString(hash)
                                + "';")
                .contains("default-src 'self'")
                .doesNotContain("unsafe");
        assertThat(html).doesNotContain("<style").doesNotContain("style=");
    }

    @Test
    void everything_that_the_page_names_is_there() {
        Pattern address = Pattern.compile("(?:href|src)=\"([^\"]+)\"");
        assertThat(WebFiles.all(address, html))
                .hasSizeGreaterThan(20)
                .allMatch(path -> assets.find(path).isPresent());
    }

    @Test
    void the_import_map_names_files_that_are_there() {
        ImportMap names = new ImportMap(new WebJars(getClass().getClassLoader()));
        assertThat(names.addresses().values())
                .allMatch(path -> path.endsWith("/") || assets.find(path).isPresent());
        assertThat(names.resolve("lit/directives/repeat.js"))
                .isEqualTo(names.addresses().get("lit/") + "directives/repeat.js");
        assertThat(assets.find(names.resolve("bootstrap-icons/send.svg"))).isPresent();
        assertThat(names.resolve("left-pad")).isNull();
    }

    @Test
    void every_module_imports_only_what_is_served() {
        var graph =
                new ModuleGraph(
                        assets::find, new ImportMap(new WebJars(getClass().getClassLoader())));
        WebFiles.where(name -> name.endsWith(".js"))
                .keySet()
                .forEach(name ->
                        assertThat(graph.neededBy(base() + "/" + name)).allMatch(this::isServed));
    }

    /// A file that is imported when it is needed must exist as well.
    @Test
    void what_is_imported_later_is_there() {
        Pattern later = Pattern.compile("\\bimport\\('\\./([^']+)'\\)");
        WebFiles.ALL.forEach((name, source) -> {
            String folder = name.substring(0, name.lastIndexOf('/') + 1);
            assertThat(WebFiles.all(later, source))
                    .allMatch(file -> isServed(base() + "/" + folder + file));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/0000/main.js",
                "/webjars/lit/3.3.1/package.json",
                "/webjars/lit/0.0.0/index.js",
                "/webjars/lit/3.3.1/../../../../madang/web/main.js",
                "/webjars/bootstrap-icons/1.13.1/font/bootstrap-icons.css",
                "/webjars/swagger-ui/5.34.1/index.html",
                "/webjars/jquery/1.0/jquery.js",
                "/webjars/",
                "/",
                ""
            })
    void nothing_else_of_the_class_path_can_be_reached(String path) {
        assertThat(assets.find(path)).isEmpty();
    }

    @Test
    void swagger_ui_is_served_too() {
        assertThat(assets.find("/webjars/swagger-ui/5.34.1/swagger-ui-bundle.js")).isPresent();
        assertThat(assets.find("/webjars/swagger-ui/5.34.1/swagger-ui.css")).isPresent();
    }

    @Test
    void the_same_files_in_a_jar_make_the_same_page(@TempDir Path folder) throws IOException {
        Path jar = folder.resolve("madang.jar");
        writeJar(jar);
        try (var loader = new PagesFrom(jar)) {
            assertThat(new Assets(loader).index())
                    .usingRecursiveComparison()
                    .isEqualTo(assets.index());
        }
    }

    @Test
    void a_missing_library_stops_the_start() {
        try (var loader = new URLClassLoader(new URL[0], null)) {
            assertThatThrownBy(() -> new WebJars(loader))
                    .hasMessageContaining("webjars/lit/ is not on the class path");
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private boolean isServed(String path) {
        return assets.find(path).isPresent();
    }

    private String base() {
        return first("(/assets/[0-9a-f]+)/main.js");
    }

    private String first(String pattern) {
        return WebFiles.all(Pattern.compile(pattern), html).getFirst();
    }

    private static String text(Asset asset) {
        return new String(asset.bytes(), StandardCharsets.UTF_8);
    }

    private static void writeJar(Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                var entries = new JarOutputStream(file)) {
            for (var page : WebFiles.ALL.entrySet()) {
                entries.putNextEntry(new JarEntry("madang/web/" + page.getKey()));
                entries.write(page.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /// Finds the pages in the jar alone, and the libraries where they always are.
    private static final class PagesFrom extends URLClassLoader {
        PagesFrom(Path jar) throws IOException {
            super(new URL[] {jar.toUri().toURL()}, PagesFrom.class.getClassLoader());
        }

        @Override
        public URL getResource(String name) {
            return name.startsWith("madang/web/") ? findResource(name) : super.getResource(name);
        }
    }
}
