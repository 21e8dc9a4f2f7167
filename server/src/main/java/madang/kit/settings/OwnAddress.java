package madang.kit.settings;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a part of the house is found apart from the rest: a port, `host:port`, or a host name
/// alone, which is told from the others on the main port by what the client asks for.
public record OwnAddress(@Nullable String host, @Nullable Integer port) {
    private static final Pattern NAME =
            Pattern.compile("(?=.*[a-zA-Z])[a-zA-Z0-9-]+(?:\\.[a-zA-Z0-9-]+)*");

    public static OwnAddress parse(String text) {
        Matcher name = NAME.matcher(text);
        if (name.matches()) {
            return new OwnAddress(text.toLowerCase(Locale.ROOT), null);
        }
        try {
            HostPort address = HostPort.parse(text);
            return new OwnAddress(address.host(), address.port());
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(
                    "a port, an address such as 127.0.0.1:8081, or a host name", malformed);
        }
    }

    @Override
    public String toString() {
        return port == null ? String.valueOf(host) : new HostPort(host, port).toString();
    }
}
