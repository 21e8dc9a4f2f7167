package madang.sandbox.stand;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import org.jspecify.annotations.Nullable;

/// The way back to the product. Registered is what lies on this machine, or on the host that the
/// sandbox itself was called by; so nobody is sent to a stranger with a code.
public final class Redirects {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    public static boolean isRegistered(String redirectUri, ApiRequest request) {
        try {
            URI uri = new URI(redirectUri);
            return uri.getHost() != null
                    && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getFragment() == null
                    && (THIS_MACHINE.contains(uri.getHost())
                            || uri.getHost().equals(URI.create(request.ownOrigin()).getHost()));
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    /// Sends the browser there, with what was decided and the product's own state.
    public static ApiResponse to(
            String redirectUri, Map<String, String> told, @Nullable String state) {
        Map<String, String> all = new LinkedHashMap<>(told);
        if (state != null) {
            all.put("state", state);
        }
        String query =
                all.entrySet().stream()
                        .map(one -> one.getKey() + "=" + encoded(one.getValue()))
                        .collect(Collectors.joining("&"));
        String between = redirectUri.indexOf('?') < 0 ? "?" : "&";
        return ApiResponse.raw(302, "text/html; charset=utf-8", new byte[0])
                .header("Location", redirectUri + between + query);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    private Redirects() {}
}
