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
            if (text.matches("\\w+://[^/?#]+/?")) {
                return of(URI.create(text));
            }
        } catch (IllegalArgumentException noAddress) {
            // told below, together with addresses that have a path
        }
        throw new IllegalArgumentException(
                "origins such as https://app.example.org, without a path");
    }

    /// The origin of the page at this address: lower case, without the usual port.
    public static Origin of(URI page) {
        String scheme = page.getScheme() == null ? "" : page.getScheme().toLowerCase(Locale.ROOT);
        if (page.getHost() == null || !scheme.matches("https?")) {
            throw new IllegalArgumentException("an address such as https://app.example.org");
        }
        int usualPort = scheme.equals("https") ? 443 : 80;
        boolean isUsual = page.getPort() < 0 || page.getPort() == usualPort;
        String host = page.getHost().toLowerCase(Locale.ROOT);
        return new Origin(scheme + "://" + host + (isUsual ? "" : ":" + page.getPort()));
    }

    @Override
    public String toString() {
        return text;
    }
}
