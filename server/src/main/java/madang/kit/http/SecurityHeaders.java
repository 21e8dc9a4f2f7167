package madang.kit.http;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;

/// What every answer says to the browser (OWASP Secure Headers); a page brings a policy of its own.
final class SecurityHeaders {
    private static final HttpField[] ALWAYS = {
        new PreEncodedHttpField("X-Content-Type-Options", "nosniff"),
        new PreEncodedHttpField("X-Frame-Options", "DENY"),
        new PreEncodedHttpField("Referrer-Policy", "strict-origin-when-cross-origin"),
        new PreEncodedHttpField("Cross-Origin-Opener-Policy", "same-origin"),
        new PreEncodedHttpField(
                "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
        new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store"),
    };
    private static final HttpField HSTS =
            new PreEncodedHttpField(
                    HttpHeader.STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains");

    static void put(HttpFields.Mutable headers, boolean isSecure) {
        for (HttpField field : ALWAYS) {
            headers.put(field);
        }
        if (isSecure) {
            headers.put(HSTS);
        }
    }

    private SecurityHeaders() {}
}
