package madang.kit.http;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;

/// What every answer of a face says to the browser (OWASP Secure Headers), put into bytes once.
/// Over TLS it also says to come back by TLS alone.
public final class SecurityHeaders {
    private static final HttpField HSTS =
            new PreEncodedHttpField(
                    HttpHeader.STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains");

    /// Ours; a page brings a policy of its own.
    static final SecurityHeaders NATIVE =
            new SecurityHeaders()
                    .and("X-Content-Type-Options", "nosniff")
                    .and("X-Frame-Options", "DENY")
                    .and("Referrer-Policy", "strict-origin-when-cross-origin")
                    .and("Cross-Origin-Opener-Policy", "same-origin")
                    .and("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                    .and("Cache-Control", "no-store");

    private final List<HttpField> always = new ArrayList<>();

    public SecurityHeaders and(String name, String value) {
        always.add(new PreEncodedHttpField(name, value));
        return this;
    }

    void put(HttpFields.Mutable headers, boolean isSecure) {
        always.forEach(headers::put);
        if (isSecure) {
            headers.put(HSTS);
        }
    }
}
