package madang.sandbox.kakao;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import madang.kit.http.ApiResponse;
import madang.sandbox.stand.Refused;

/// How Kakao says no: kauth by an OAuth error with a KOE code, kapi by a message and a number.
final class KakaoErrors {

    static Refused oauth(int status, String error, String code, String description) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", error);
        body.put("error_description", description);
        body.put("error_code", code);
        return new Refused(ApiResponse.of(status, body));
    }

    static Refused unknownClient(String clientId) {
        return oauth(401, "invalid_client", "KOE101", "Not exist client_id [" + clientId + "]");
    }

    static Refused badSecret() {
        return oauth(401, "invalid_client", "KOE010", "Bad client credentials");
    }

    static Refused unknownGrantType(String grantType) {
        return oauth(
                400, "unsupported_grant_type", "KOE310", "unsupported grant_type: " + grantType);
    }

    static Refused redirectDiffers() {
        return oauth(400, "invalid_grant", "KOE303", "Redirect URI mismatch.");
    }

    static Refused unknownCode() {
        return oauth(
                400,
                "invalid_grant",
                "KOE320",
                "authorization code not found: used, expired or never given");
    }

    static Refused noRefreshToken() {
        return oauth(400, "invalid_request", "KOE319", "no refresh token");
    }

    static Refused unknownRefreshToken() {
        return oauth(400, "invalid_grant", "KOE322", "expired_or_invalid_refresh_token");
    }

    static Refused api(int status, int code, String message) {
        return new Refused(ApiResponse.of(status, apiBody(code, message)));
    }

    static Refused unknownToken() {
        return api(401, -401, "this access token does not exist");
    }

    static Refused badAdminKey() {
        return api(401, -401, "wrong appKey format");
    }

    static Refused badParameters(String what) {
        return api(400, -2, what);
    }

    static Refused notLinked() {
        return api(400, -101, "NotRegisteredUserException");
    }

    static Refused under14() {
        return api(401, -406, "user is under 14 years old and this app does not allow it");
    }

    static Refused scopeMissing(List<String> scopes) {
        Map<String, Object> body = apiBody(-402, "insufficient scopes.");
        body.put("api_type", "TALK_MEMO_DEFAULT_SEND");
        body.put("required_scopes", scopes);
        return new Refused(ApiResponse.of(403, body));
    }

    /// A refusal that was ordered by its code alone.
    static Refused ordered(String code) {
        return switch (code) {
            case "KOE003" -> oauth(500, "server_error", code, "ordered");
            case "KOE237" -> oauth(429, "too_many_requests", code, "ordered");
            case "KOE010", "KOE101" -> oauth(401, "invalid_client", code, "ordered");
            case "KOE009" -> oauth(400, "misconfigured", code, "ordered");
            case "-401", "-406" -> api(401, Integer.parseInt(code), "ordered");
            case "-402" -> scopeMissing(List.of(KakaoScopes.EMAIL));
            case "-3", "-4", "-5" -> api(403, Integer.parseInt(code), "ordered");
            case "-7", "-9798" -> api(503, Integer.parseInt(code), "ordered");
            case "-1", "-603" -> api(500, Integer.parseInt(code), "ordered");
            case "-10" -> api(429, Integer.parseInt(code), "API limit has been exceeded.");
            case String koe when koe.matches("KOE\\d{3}") ->
                    oauth(400, "invalid_grant", koe, "ordered");
            case String number when number.matches("-\\d{1,5}") ->
                    api(400, Integer.parseInt(number), "ordered");
            default -> api(400, -2, "ordered");
        };
    }

    private static Map<String, Object> apiBody(int code, String message) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("msg", message);
        body.put("code", code);
        return body;
    }

    private KakaoErrors() {}
}
