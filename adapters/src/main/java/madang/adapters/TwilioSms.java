package madang.adapters;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Base64;
import madang.port.SmsSender;
import madang.port.SmsService;

/// Hands short messages to Twilio (`POST /2010-04-01/Accounts/{account}/Messages.json`).
public final class TwilioSms implements SmsSender {
    private final SmsService service;
    private final SmsHttp http = new SmsHttp();

    public TwilioSms(SmsService service) {
        this.service = service;
    }

    @Override
    public void send(String to, String text) {
        http.send(
                HttpRequest.newBuilder(address())
                        .header("Authorization", "Basic " + credentials())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form(to, text)))
                        .build());
    }

    private URI address() {
        return URI.create(
                "%s/2010-04-01/Accounts/%s/Messages.json"
                        .formatted(service.base(), encoded(service.account())));
    }

    private String credentials() {
        String pair = service.account() + ":" + service.secret().value();
        return Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    }

    private String form(String to, String text) {
        return "To=%s&From=%s&Body=%s"
                .formatted(encoded(to), encoded(service.from()), encoded(text));
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, UTF_8);
    }
}
