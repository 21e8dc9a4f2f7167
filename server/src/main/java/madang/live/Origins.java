package madang.live;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which pages may open our sockets (RFC 6454). Browsers send `Origin` with every handshake and
/// protect nobody by themselves; programs send none, and are stopped by what they do not know.
public final class Origins {
    private static final String ANY = "*";

    /// A host name has at most 253 letters (RFC 1035).
    private static final int MAX_LENGTH = 300;

    /// A serialised origin and nothing else: no path, no user, no second origin behind it.
    private static final Pattern ORIGIN =
            Pattern.compile(
                    "(https?)://"
                            + "([a-z0-9](?:[a-z0-9_-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?)*"
                            + "|\\[[0-9a-f:.]{2,45}])"
                            + "(?::([1-9][0-9]{0,4}))?",
                    Pattern.CASE_INSENSITIVE);

    private final Set<String> ours;
    private final boolean isAnyAllowed;

    /// The origins that are allowed besides the request's own: `https://madang.example`, or a URL
    /// there; `*` allows every page.
    public Origins(Collection<String> urls) {
        isAnyAllowed = urls.contains(ANY);
        ours =
                urls.stream()
                        .filter(url -> !url.equals(ANY))
                        .map(Origins::originOf)
                        .collect(Collectors.toUnmodifiableSet());
    }

    /// Whether a request to our `ownOrigin` (`https://host` or `https://host:port`, as the client
    /// named us) may carry this `Origin` header; a request without one may.
    public boolean allows(@Nullable String origin, String ownOrigin) {
        return isAnyAllowed || allowsCookies(origin, ownOrigin);
    }

    /// As `allows`, for a request that a cookie speaks for: there `*` names nobody.
    public boolean allowsCookies(@Nullable String origin, String ownOrigin) {
        if (origin == null) {
            return true;
        }
        @Nullable String from = normal(origin);
        return from != null && (ours.contains(from) || from.equals(normal(ownOrigin)));
    }

    private static String originOf(String url) {
        Matcher start = ORIGIN.matcher(url);
        @Nullable String origin =
                start.lookingAt() && (url.length() == start.end() || url.charAt(start.end()) == '/')
                        ? normal(start.group())
                        : null;
        if (origin == null) {
            throw new IllegalArgumentException("not an origin: " + url);
        }
        return origin;
    }

    /// Lower case with its port, or null where it is none.
    private static @Nullable String normal(String origin) {
        Matcher matcher = ORIGIN.matcher(origin);
        if (origin.length() > MAX_LENGTH || !matcher.matches()) {
            return null;
        }
        String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
        String host = matcher.group(2).toLowerCase(Locale.ROOT);
        @Nullable String given = matcher.group(3);
        int port = given != null ? Integer.parseInt(given) : scheme.equals("https") ? 443 : 80;
        return port > 65_535 ? null : scheme + "://" + host + ":" + port;
    }
}
