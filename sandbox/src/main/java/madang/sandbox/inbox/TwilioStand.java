package madang.sandbox.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Routes;
import madang.sandbox.stand.Faults;
import madang.sandbox.stand.Fields;
import madang.sandbox.stand.Refused;
import madang.sandbox.stand.Stall;
import org.jspecify.annotations.Nullable;

/// Twilio's way to send short messages: a form, Basic authorization, 201.
final class TwilioStand {
    private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{6,14}");

    private final SmsVendors accounts;
    private final Inbox inbox;
    private final Faults.OfVendor faults;
    private final InstantSource clock;

    TwilioStand(SmsVendors accounts, Inbox inbox, Faults faults, InstantSource clock) {
        this.accounts = accounts;
        this.inbox = inbox;
        this.faults = faults.of("twilio", TwilioStand::ordered);
        this.clock = clock;
    }

    void routes(Routes routes) {
        Stall.of(routes, "twilio", faults)
                .post("/2010-04-01/Accounts/{account}/Messages.json", this::send);
    }

    private ApiResponse send(ApiRequest request) {
        requireAccount(request);
        Fields fields = Fields.of(request);
        String to = fields.text("To");
        String body = fields.text("Body");
        if (to.isEmpty()) {
            throw no(400, 21604, "A 'To' phone number is required.");
        }
        if (!E164.matcher(to).matches()) {
            throw no(400, 21211, "The 'To' number is not a valid phone number.");
        }
        if (body.isEmpty()) {
            throw no(400, 21602, "Message body is required.");
        }
        Received received =
                inbox.add(
                        new Received.Arriving(
                                "sms", fields.text("From"), List.of(to), "", body, null));
        return ApiResponse.of(201, answer(received));
    }

    private Map<String, @Nullable Object> answer(Received received) {
        String sid = "SM" + "%032x".formatted(Long.parseLong(received.id()));
        String account = accounts.twilioAccount();
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("account_sid", account);
        answer.put("api_version", "2010-04-01");
        answer.put("body", received.text());
        answer.put(
                "date_created",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        clock.instant().atOffset(ZoneOffset.UTC)));
        answer.put("direction", "outbound-api");
        answer.put("error_code", null);
        answer.put("error_message", null);
        answer.put("from", received.from());
        answer.put("num_segments", "1");
        answer.put("sid", sid);
        answer.put("status", "queued");
        answer.put("to", received.to().getFirst());
        answer.put("uri", "/2010-04-01/Accounts/" + account + "/Messages/" + sid + ".json");
        return answer;
    }

    private void requireAccount(ApiRequest request) {
        String pair = accounts.twilioAccount() + ":" + accounts.twilioToken();
        String right = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
        @Nullable String header = request.header("Authorization");
        boolean isIt =
                header != null
                        && MessageDigest.isEqual(header.getBytes(UTF_8), right.getBytes(UTF_8))
                        && request.place("account").equals(accounts.twilioAccount());
        if (!isIt) {
            throw no(401, 20003, "Authenticate");
        }
    }

    private static Refused ordered(String code) {
        int number = code.matches("\\d{4,6}") ? Integer.parseInt(code) : 30001;
        return no(number == 20429 ? 429 : 400, number, "ordered");
    }

    private static Refused no(int status, int code, String message) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("code", code);
        body.put("message", message);
        body.put("more_info", "https://www.twilio.com/docs/errors/" + code);
        body.put("status", status);
        return new Refused(ApiResponse.of(status, body));
    }
}
