package madang.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static madang.testing.Eventually.eventually;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import madang.kit.json.Json;
import madang.testing.House;

/// The world that letters go out to: a mail server, and a carrier that speaks SOLAPI. Both can be
/// told to misbehave.
public final class Outside implements AutoCloseable {
    private static final Json JSON = new Json();
    private static final Pattern LINK = Pattern.compile("#/([a-z-]+)\\?token=([A-Za-z0-9_-]+)");
    private static final Pattern DIGITS = Pattern.compile("\\b([0-9]{6})\\b");

    /// A short message as the carrier got it.
    public record Text(String to, String country, String from, String text) {}

    private final GreenMail mail =
            new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final HttpServer carrier;
    private final List<Text> texts = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private volatile int carrierStatus = 200;

    public Outside() {
        mail.start();
        try {
            carrier =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        carrier.createContext("/messages/v4/send", this::carry);
        carrier.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        carrier.start();
    }

    /// The settings of a house that lies in this world.
    Map<String, String> settings() {
        return settings(Map.of());
    }

    public Map<String, String> settings(Map<String, String> more) {
        Map<String, String> all =
                new HashMap<>(
                        Map.of(
                                "MADANG_MAIL_URL",
                                "smtp://127.0.0.1:%d?tls=off".formatted(mail.getSmtp().getPort()),
                                "MADANG_MAIL_FROM",
                                "마당 <noreply@madang.example>",
                                "MADANG_SMS_URL",
                                "solapi://key:secret@127.0.0.1:%d?from=0212345678"
                                        .formatted(carrier.getAddress().getPort()),
                                "MADANG_PUBLIC_URL",
                                "https://madang.example"));
        all.putAll(more);
        return all;
    }

    public House house() {
        return House.open(settings());
    }

    /// The n-th mail to an address, the first being 1.
    public Received mail(String to, int n) {
        eventually(() -> mailsTo(to).size() >= n);
        return mailsTo(to).get(n - 1);
    }

    public Received mail(String to) {
        return mail(to, 1);
    }

    public List<Received> mailsTo(String address) {
        List<Received> found = new ArrayList<>();
        for (MimeMessage message : mail.getReceivedMessages()) {
            Received received = Received.of(message);
            if (received.to().equalsIgnoreCase(address)) {
                found.add(received);
            }
        }
        return found;
    }

    Text text(String to, int n) {
        eventually(() -> textsTo(to).size() >= n);
        return textsTo(to).get(n - 1);
    }

    List<Text> textsTo(String to) {
        return texts.stream().filter(it -> it.to().equals(to)).toList();
    }

    public String digits(String to, int n) {
        Matcher digits = DIGITS.matcher(text(to, n).text());
        if (!digits.find()) {
            throw new AssertionError("no code in a message to " + to);
        }
        return digits.group(1);
    }

    List<String> authorizations() {
        return authorizations;
    }

    void carrierAnswers(int status) {
        carrierStatus = status;
    }

    @Override
    public void close() {
        mail.stop();
        carrier.stop(0);
    }

    private void carry(HttpExchange exchange) throws IOException {
        int status = carrierStatus;
        authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
        var message = JSON.tree(exchange.getRequestBody().readAllBytes()).get("message");
        if (status == 200) {
            texts.add(
                    new Text(
                            message.get("to").stringValue(),
                            message.path("country").asString(""),
                            message.get("from").stringValue(),
                            message.get("text").stringValue()));
        }
        byte[] answer = "{\"statusCode\":\"2000\"}".getBytes(UTF_8);
        exchange.sendResponseHeaders(status, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    /// A mail as it lies in the mailbox.
    public record Received(
            String id,
            String from,
            String to,
            String subject,
            String headers,
            String text,
            String html) {

        static Received of(MimeMessage message) {
            try {
                MimeMultipart parts = (MimeMultipart) message.getContent();
                List<String> headers = new ArrayList<>();
                message.getAllHeaderLines().asIterator().forEachRemaining(headers::add);
                return new Received(
                        message.getMessageID(),
                        message.getFrom()[0].toString(),
                        message.getAllRecipients()[0].toString(),
                        message.getSubject(),
                        String.join("\n", headers),
                        content(parts.getBodyPart(0), "text/plain"),
                        content(parts.getBodyPart(1), "text/html"));
            } catch (MessagingException | IOException broken) {
                throw new IllegalStateException(broken);
            }
        }

        public String token() {
            Matcher link = LINK.matcher(text);
            if (!link.find() || !html.contains(link.group())) {
                throw new AssertionError("the two parts have not the same link: " + text);
            }
            return link.group(2);
        }

        String page() {
            Matcher link = LINK.matcher(text);
            return link.find() ? link.group(1) : "";
        }

        private static String content(BodyPart part, String type)
                throws MessagingException, IOException {
            if (!part.isMimeType(type)) {
                throw new AssertionError(part.getContentType());
            }
            return (String) part.getContent();
        }
    }
}
