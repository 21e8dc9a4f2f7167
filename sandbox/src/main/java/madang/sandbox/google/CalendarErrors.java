package madang.sandbox.google;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import madang.kit.http.ApiResponse;
import madang.sandbox.stand.Refused;

/// How Google Calendar says no: the same thing three times, of which programs read `reason`.
final class CalendarErrors {

    static Refused of(int status, String domain, String reason, String message) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("domain", domain);
        one.put("reason", reason);
        one.put("message", message);
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("errors", List.of(one));
        error.put("code", status);
        error.put("message", message);
        return new Refused(ApiResponse.of(status, Map.of("error", error)));
    }

    static Refused of(int status, String reason, String message) {
        return of(status, "global", reason, message);
    }

    static Refused badToken() {
        return of(401, "authError", "Invalid Credentials");
    }

    static Refused tooLittleScope() {
        return of(
                403, "insufficientPermissions", "Request had insufficient authentication scopes.");
    }

    static Refused notFound() {
        return of(404, "notFound", "Not Found");
    }

    static Refused invalid(String message) {
        return of(400, "invalid", message);
    }

    static Refused changedMeanwhile() {
        return of(412, "conditionNotMet", "Precondition Failed");
    }

    static Refused deleted() {
        return of(410, "deleted", "Resource has been deleted");
    }

    static Refused oldSyncToken() {
        return of(
                410,
                "calendar",
                "fullSyncRequired",
                "Sync token is no longer valid, a full sync is required.");
    }

    /// A refusal that was ordered by its reason alone.
    static Refused ordered(String reason) {
        return switch (reason) {
            case "authError" -> badToken();
            case "userRateLimitExceeded", "quotaExceeded" ->
                    of(403, "usageLimits", reason, "ordered");
            case "rateLimitExceeded" -> of(429, "usageLimits", reason, "ordered");
            case "insufficientPermissions" -> tooLittleScope();
            case "forbiddenForNonOrganizer" -> of(403, "calendar", reason, "ordered");
            case "notFound" -> notFound();
            case "duplicate" -> of(409, reason, "ordered");
            case "deleted" -> deleted();
            case "fullSyncRequired" -> oldSyncToken();
            case "conditionNotMet" -> changedMeanwhile();
            case "backendError" -> of(503, reason, "ordered");
            default -> of(400, reason.isEmpty() ? "badRequest" : reason, "ordered");
        };
    }

    private CalendarErrors() {}
}
