package madang.kit.http;

import java.util.regex.Pattern;
import madang.kit.Ids;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// The name of one request in answers and logs: the client's own where it is tame, else a new one.
final class RequestId {
    static final String HEADER = "X-Request-Id";
    private static final Pattern TAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    static String of(Request request, Ids ids) {
        @Nullable String given = request.getHeaders().get(HEADER);
        return given != null && TAME.matcher(given).matches() ? given : ids.next().toString();
    }

    private RequestId() {}
}
