package madang.kit.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An address to bind or to call: `host:port`, `[::1]:port`, or a port alone, where the host is the
/// matter of whoever uses it.
public record HostPort(@Nullable String host, int port) {
    private static final Pattern FORM =
            Pattern.compile("(?:(?:\\[([0-9a-fA-F:.]+)]|([^\\[\\]:/\\s]+))?:)?(\\d{1,5})");

    public static HostPort parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || Integer.parseInt(form.group(3)) > 65_535) {
            throw new IllegalArgumentException("an address such as 127.0.0.1:9090 or [::1]:9090");
        }
        String host = form.group(1) == null ? form.group(2) : form.group(1);
        return new HostPort(host, Integer.parseInt(form.group(3)));
    }

    @Override
    public String toString() {
        if (host == null) {
            return Integer.toString(port);
        }
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
