package madang.adapters;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import madang.kit.json.Json;
import madang.port.SmsSender;
import madang.port.SmsService;
import madang.port.Undeliverable;

/// Hands short messages to SOLAPI (`POST /messages/v4/send`). Each call is signed: HMAC-SHA256 over
/// its time and a salt.
public final class SolapiSms implements SmsSender {
    private static final int SALT_BYTES = 16;
    private static final String KOREA = "82";

    /// What a number of E.164 begins with (ITU-T E.164 Annex D): one digit, these two, else three.
    private static final Set<String> ONE_DIGIT = Set.of("1", "7");

    private static final Set<String> TWO_DIGITS =
            Set.of(
                    "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44",
                    "45", "46", "47", "48", "49", "51", "52", "53", "54", "55", "56", "57", "58",
                    "60", "61", "62", "63", "64", "65", "66", "81", "82", "84", "86", "90", "91",
                    "92", "93", "94", "95", "98");

    private final SmsService service;
    private final Json json;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final SmsHttp http = new SmsHttp();

    public SolapiSms(SmsService service, Json json, InstantSource clock) {
        this.service = service;
        this.json = json;
        this.clock = clock;
    }

    private record Body(Map<String, String> message) {}

    @Override
    public void send(String to, String text) {
        byte[] answer =
                http.send(
                        HttpRequest.newBuilder(URI.create(service.base() + "/messages/v4/send"))
                                .header("Authorization", authorization())
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofByteArray(body(to, text)))
                                .build());
        String status = json.tree(answer).path("statusCode").asString("");
        if (!status.isEmpty() && !status.startsWith("2") && !status.equals("4000")) {
            throw new Undeliverable("SOLAPI " + status.replaceAll("[^0-9A-Za-z]", ""));
        }
    }

    private byte[] body(String to, String text) {
        String digits = to.substring(1);
        String country = callingCode(digits);
        String rest = digits.substring(country.length());
        return json.write(
                new Body(
                        country.equals(KOREA)
                                ? Map.of("to", "0" + rest, "from", service.from(), "text", text)
                                : Map.of(
                                        "to", rest,
                                        "country", country,
                                        "from", service.from(),
                                        "text", text)));
    }

    static String callingCode(String digits) {
        String two = digits.substring(0, 2);
        return ONE_DIGIT.contains(two.substring(0, 1))
                ? two.substring(0, 1)
                : TWO_DIGITS.contains(two) ? two : digits.substring(0, 3);
    }

    private String authorization() {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        String salted = HexFormat.of().formatHex(salt);
        String date = clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
        return "HMAC-SHA256 apiKey=%s, date=%s, salt=%s, signature=%s"
                .formatted(service.account(), date, salted, signature(date + salted));
    }

    private String signature(String signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(service.secret().value().getBytes(UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(signed.getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
