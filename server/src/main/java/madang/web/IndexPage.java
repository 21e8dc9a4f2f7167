package madang.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/// The one document that every address of the pages answers; its script reads the address and shows
/// what belongs there.
///
/// @param html revalidated on every visit, so that a new release is seen at the next one
/// @param contentSecurityPolicy the header that must go with it: scripts and styles of ours alone,
///   and of inline text only the import map, by its hash; pictures also from the page's own memory,
///   for a file of a room is fetched with a token and shown from there
public record IndexPage(Asset html, String contentSecurityPolicy) {
    static IndexPage fill(String template, String base, String importMap, List<String> preloaded) {
        String html =
                template.replace("{{assets}}", base)
                        .replace("{{importmap}}", importMap)
                        .replace("{{preload}}", links(preloaded));
        return new IndexPage(
                Asset.changing("index.html", html.getBytes(StandardCharsets.UTF_8)),
                policy(importMap));
    }

    private static String links(List<String> modules) {
        return modules.stream()
                .map("<link rel=\"modulepreload\" href=\"%s\">"::formatted)
                .collect(Collectors.joining("\n  "));
    }

    private static String policy(String importMap) {
        return "default-src 'self'; script-src 'self' 'sha256-"
                + base64Hash(importMap)
                + "'; style-src 'self'; img-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self';"
                + " frame-ancestors 'none'; require-trusted-types-for 'script';"
                + " trusted-types lit-html";
    }

    private static String base64Hash(String text) {
        byte[] hash = Asset.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(hash);
    }
}
