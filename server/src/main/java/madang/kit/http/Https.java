package madang.kit.http;

import java.net.URI;
import java.util.ArrayList;
import madang.kit.Failure;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// What becomes of plain HTTP where HTTPS is required: a reader is sent on, a writer has already
/// said too much. Probes of the machine room may ask plainly.
///
/// @param isRequired on every listener
/// @param own our address as people see it, which the redirect names if it is https
/// @param tlsPort where our own listener speaks TLS; null where a proxy does it for us, at 443
record Https(boolean isRequired, @Nullable URI own, @Nullable Integer tlsPort) {
    private static final int DEFAULT_PORT = 443;

    boolean mustRefuse(ApiRequest asked) {
        boolean isPlainDoor = Door.isRedirect(asked.jettyRequest());
        boolean isOpenDoor =
                Door.isManagement(asked.jettyRequest()) || Door.isInner(asked.jettyRequest());
        return (isRequired || isPlainDoor) && !isOpenDoor && !asked.isSecure() && !isProbe(asked);
    }

    Reply refuse(ApiRequest asked) {
        if (!asked.method().equals("GET") && !asked.method().equals("HEAD")) {
            throw Failure.of(Failure.Kind.FORBIDDEN, "HTTPS_REQUIRED");
        }
        return new Reply(308, new ArrayList<>(), new byte[0], "text/plain")
                .with("Location", origin(asked.jettyRequest()) + target(asked.jettyRequest()));
    }

    private String origin(Request request) {
        if (own != null && "https".equals(own.getScheme())) {
            return "https://" + own.getRawAuthority();
        }
        String host = "https://" + Request.getServerName(request);
        return tlsPort == null || tlsPort == DEFAULT_PORT ? host : host + ":" + tlsPort;
    }

    private static String target(Request request) {
        return request.getHttpURI().getPathQuery();
    }

    private static boolean isProbe(ApiRequest asked) {
        return asked.route() != null && asked.route().isProbe();
    }
}
