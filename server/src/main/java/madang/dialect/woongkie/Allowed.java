package madang.dialect.woongkie;

import java.net.URI;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which pages may open sockets and sign somebody in: those of our own host, and those of the
/// allowed origins, whatever their port. While developing, pages of this machine too.
final class Allowed {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private static final int MAX_PORT = 65_535;

    private final Set<String> origins;
    private final boolean isDevelopment;

    Allowed(Collection<String> origins, boolean isDevelopment) {
        this.origins =
                origins.stream()
                        .map(origin -> withoutPort(URI.create(origin)))
                        .collect(Collectors.toUnmodifiableSet());
        this.isDevelopment = isDevelopment;
    }

    /// A program sends no `Origin` and is no page.
    boolean page(@Nullable String origin, String ownOrigin) {
        if (origin == null) {
            return true;
        }
        @Nullable URI from = parsed(origin);
        return from != null
                && (URI.create(ownOrigin).getAuthority().equalsIgnoreCase(from.getAuthority())
                        || origins.contains(withoutPort(from))
                        || (isDevelopment && THIS_MACHINE.contains(from.getHost())));
    }

    private static @Nullable URI parsed(String origin) {
        try {
            URI uri = URI.create(origin);
            boolean isPage =
                    uri.getHost() != null
                            && String.valueOf(uri.getScheme()).matches("(?i)https?")
                            && uri.getPort() <= MAX_PORT
                            && plain(uri).equalsIgnoreCase(origin);
            return isPage ? uri : null;
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    /// As a browser says it: nothing but scheme, host and a port that is a number.
    private static String plain(URI uri) {
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return uri.getScheme() + "://" + uri.getHost() + port;
    }

    private static String withoutPort(URI origin) {
        return (origin.getScheme() + "://" + origin.getHost()).toLowerCase(java.util.Locale.ROOT);
    }
}
