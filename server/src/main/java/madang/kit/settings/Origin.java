package madang.kit.settings;

import java.net.URI;
import java.util.Locale;

/// Whose pages may call: an origin as browsers send it (RFC 6454 §6.2), or `*` for anybody's.
public record Origin(String text) {
    public static final Origin ANY = new Origin("*");

    public static Origin parse(String text) {
        if (text.equals(ANY.text)) {
            return ANY;
        }
        try {
            return of(URI.create(text));
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(
                    "origins such as https://app.example.org, without a path", malformed);
        }
    }

    /// The origin that the page at this address has.
    public static Origin of(URI page) {
        String scheme = page.getScheme() == null ? "" : page.getScheme().toLowerCase(Locale.ROOT);
        boolean hasPath = page.getRawPath() != null && page.getRawPath().length() > 1;
        if (page.getHost() == null || !scheme.matches("https?") || hasPath) {
            throw new IllegalArgumentException("no origin");
        }
        boolean usualPort = page.getPort() == (scheme.equals("https") ? 443 : 80);
        String port = page.getPort() < 0 || usualPort ? "" : ":" + page.getPort();
        return new Origin(scheme + "://" + page.getHost().toLowerCase(Locale.ROOT) + port);
    }

    @Override
    public String toString() {
        return text;
    }
}
