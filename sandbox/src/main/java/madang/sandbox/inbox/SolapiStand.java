package madang.sandbox.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import madang.kit.Failure;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Routes;
import madang.kit.json.Json;
import madang.sandbox.stand.Faults;
import madang.sandbox.stand.Randoms;
import madang.sandbox.stand.Refused;
import madang.sandbox.stand.Stall;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// SOLAPI's way to send short messages. Every call is signed: HMAC-SHA256 over its date and a salt,
/// fresh within a quarter of an hour.
final class SolapiStand {
    private static final Pattern SIGNED =
            Pattern.compile(
                    "HMAC-SHA256 apiKey=([^,]{1,64}), ?date=([^,]{1,40}), ?salt=([^,]{12,64}),"
                            + " ?signature=([0-9a-f]{64})");
    private static final Duration FRESH = Duration.ofMinutes(15);
    private static final Pattern NUMBER = Pattern.compile("\\d{4,15}");
    private static final String KOREA = "82";

    private final SmsVendors accounts;
    private final Inbox inbox;
    private final Faults.OfVendor faults;
    private final Json json;
    private final InstantSource clock;

    SolapiStand(SmsVendors accounts, Inbox inbox, Faults faults, Json json, InstantSource clock) {
        this.accounts = accounts;
        this.inbox = inbox;
        this.faults = faults.of("solapi", code -> no(400, code, "ordered"));
        this.json = json;
        this.clock = clock;
    }

    void routes(Routes routes) {
        Stall.of(routes, "solapi", faults)
                .post("/messages/v4/send", this::send)
                .post("/messages/v4/send-many/detail", this::sendMany);
    }

    private ApiResponse send(ApiRequest request) {
        requireSignature(request);
        return ApiResponse.ok(sent(body(request).path("message")));
    }

    private ApiResponse sendMany(ApiRequest request) {
        requireSignature(request);
        JsonNode messages = body(request).path("messages");
        if (!messages.isArray() || messages.isEmpty()) {
            throw no(400, "ValidationError", "messages is required");
        }
        List<Map<String, Object>> sent = messages.valueStream().map(this::sent).toList();
        Map<String, Object> count = new LinkedHashMap<>();
        count.put("total", sent.size());
        count.put("registeredSuccess", sent.size());
        count.put("registeredFailed", 0);
        Map<String, Object> group = new LinkedHashMap<>();
        group.put("groupId", "G4V" + Randoms.word());
        group.put("status", "SENDING");
        group.put("count", count);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("groupInfo", group);
        answer.put("failedMessageList", List.of());
        answer.put("messageList", sent);
        return ApiResponse.ok(answer);
    }

    private Map<String, Object> sent(JsonNode message) {
        String to = message.path("to").asString("");
        String from = message.path("from").asString("");
        String text = message.path("text").asString("");
        String country = message.path("country").asString(KOREA);
        if (!NUMBER.matcher(to).matches() || !NUMBER.matcher(from).matches() || text.isEmpty()) {
            throw no(400, "ValidationError", "to, from (digits) and text are required");
        }
        inbox.add(
                new Received.Arriving(
                        "sms", from, List.of(international(country, to)), "", text, null));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("groupId", "G4V" + Randoms.word());
        answer.put("messageId", "M4V" + Randoms.word());
        answer.put("accountId", "sandbox");
        answer.put("to", to);
        answer.put("from", from);
        answer.put("type", text.getBytes(UTF_8).length > 90 ? "LMS" : "SMS");
        answer.put("country", country);
        answer.put("statusCode", "2000");
        answer.put("statusMessage", "정상 접수(이통사로 접수 예정)");
        return answer;
    }

    private static String international(String country, String to) {
        return "+" + country + (country.equals(KOREA) ? to.replaceFirst("^0", "") : to);
    }

    private JsonNode body(ApiRequest request) {
        try {
            return json.tree(request.bytes());
        } catch (Failure malformed) {
            throw no(400, "ValidationError", "malformed JSON");
        }
    }

    private void requireSignature(ApiRequest request) {
        @Nullable String header = request.header("Authorization");
        Matcher said = SIGNED.matcher(header == null ? "" : header);
        if (!said.matches()) {
            throw no(401, "Unauthorized", "the Authorization header cannot be read");
        }
        if (!said.group(1).equals(accounts.solapiKey())) {
            throw no(403, "InvalidAPIKey", "there is no such key");
        }
        if (!isFresh(said.group(2))) {
            throw no(403, "RequestTimeTooSkewed", "the date is too far from now");
        }
        byte[] right = signature(said.group(2) + said.group(3)).getBytes(UTF_8);
        if (!MessageDigest.isEqual(right, said.group(4).getBytes(UTF_8))) {
            throw no(403, "SignatureDoesNotMatch", "the signature does not fit");
        }
    }

    private boolean isFresh(String date) {
        try {
            return Duration.between(Instant.parse(date), clock.instant()).abs().compareTo(FRESH)
                    <= 0;
        } catch (DateTimeException malformed) {
            return false;
        }
    }

    private String signature(String signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(accounts.solapiSecret().getBytes(UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(signed.getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Refused no(int status, String code, String message) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("errorCode", code);
        body.put("errorMessage", message);
        return new Refused(ApiResponse.of(status, body));
    }
}
