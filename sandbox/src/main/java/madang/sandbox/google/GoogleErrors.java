package madang.sandbox.google;

import java.util.LinkedHashMap;
import java.util.Map;
import madang.kit.http.ApiResponse;
import madang.sandbox.stand.Refused;

/// How Google says no.
final class GoogleErrors {

    static Refused of(int status, String error, String description) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", error);
        body.put("error_description", description);
        return new Refused(ApiResponse.of(status, body));
    }

    static Refused badClient() {
        return of(401, "invalid_client", "Unauthorized");
    }

    static Refused badGrant(String description) {
        return of(400, "invalid_grant", description);
    }

    static Refused badToken() {
        return of(401, "invalid_request", "Invalid Credentials");
    }

    /// A refusal that was ordered by its code alone.
    static Refused ordered(String code) {
        int status =
                switch (code) {
                    case "invalid_client" -> 401;
                    case "org_internal", "access_denied" -> 403;
                    case "rate_limit_exceeded" -> 429;
                    case "internal_failure" -> 500;
                    case "temporarily_unavailable" -> 503;
                    default -> 400;
                };
        return of(status, code.isEmpty() ? "invalid_grant" : code, "ordered");
    }

    private GoogleErrors() {}
}
