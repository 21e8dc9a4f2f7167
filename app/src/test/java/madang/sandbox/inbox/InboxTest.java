package madang.sandbox.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static madang.sandbox.Browsing.form;
import static madang.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.InstantSource;
import java.util.Base64;
import madang.adapters.SmtpMailer;
import madang.adapters.SolapiSms;
import madang.kit.Secret;
import madang.kit.json.Json;
import madang.port.MailAddress;
import madang.port.MailServer;
import madang.port.Mailer.Mail;
import madang.port.SmsService;
import madang.port.Undeliverable;
import madang.sandbox.Sandbox;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Http;
import madang.testing.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Everything that the product sends can be read, by people and by tests.
class InboxTest {
    private static final String SEND = "/sandbox/solapi/messages/v4/send";
    private static final String TWILIO =
            "/sandbox/twilio/2010-04-01/Accounts/"
                    + Sandbox.SMS_VENDORS.twilioAccount()
                    + "/Messages.json";
    private static final InstantSource CLOCK = InstantSource.system();

    private static House house;
    private static Http web;

    @BeforeAll
    static void open() {
        house = House.open();
        web = house.stranger();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @AfterEach
    void nothingIsLeft() {
        web.post("/sandbox/inbox/clear", "{}");
        web.post("/sandbox/faults/clear", "{}");
    }

    @Test
    void a_mail_is_read_with_its_links_and_its_page_harms_nobody() {
        mailer().send(
                        new Mail(
                                "1",
                                "minji@example.com",
                                "비밀번호를 바꿔 주세요 🔑",
                                "여기로: https://example.com/reset?token=a%2Fb.",
                                "<p>여기로 <script>alert(1)</script><a href='https://example.com/x'>가기</a>"));
        JsonNode mail = only("MINJI@example.com");
        assertThat(mail.get("kind").asString()).isEqualTo("mail");
        assertThat(mail.get("subject").asString()).isEqualTo("비밀번호를 바꿔 주세요 🔑");
        assertThat(mail.get("links").get(0).asString())
                .isEqualTo("https://example.com/reset?token=a%2Fb");
        assertThat(mail.get("html").asString()).contains("가기");

        String id = mail.get("id").asString();
        assertThat(web.get("/sandbox/inbox").text())
                .contains("비밀번호를 바꿔 주세요", "/sandbox/inbox/" + id);
        assertThat(web.get("/sandbox/inbox/" + id).text())
                .contains(
                        "<iframe sandbox=\"allow-popups allow-popups-to-escape-sandbox\"",
                        "<a href=\"https://example.com/reset?token=a%2Fb\" target=\"_blank\"")
                .doesNotContain("<script");
        Answer page = web.get("/sandbox/inbox/" + id + "/html");
        assertThat(page.header("Content-Security-Policy"))
                .startsWith("sandbox ")
                .contains("default-src 'none'")
                .doesNotContain("allow-scripts", "allow-same-origin");
        assertThat(page.header("X-Frame-Options")).isEqualTo("SAMEORIGIN");
        assertThat(web.get("/sandbox/inbox/999").status()).isEqualTo(404);
        assertThat(web.get("/sandbox/inbox/messages?to=nobody").body().get("messages")).isEmpty();
    }

    @Test
    void smtp_is_spoken_on_this_machine_as_it_is_written() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), smtpPort())) {
            socket.setSoTimeout(15_000);
            assertThat(line(socket)).startsWith("220 ");
            assertThat(say(socket, "HELO me")).startsWith("250");
            assertThat(say(socket, "RCPT TO:<a@example.com>")).startsWith("503");
            assertThat(say(socket, "MAIL FROM:<noreply@example.com>")).startsWith("250");
            assertThat(say(socket, "RCPT TO:<a@example.com>")).startsWith("250");
            assertThat(say(socket, "RCPT TO:<b@example.com>")).startsWith("250");
            assertThat(say(socket, "DATA")).startsWith("354");
            assertThat(say(socket, "Subject: plain\r\n\r\n..two dots\r\n.")).startsWith("250");
            assertThat(say(socket, "QUIT")).startsWith("221");
        }
        assertThat(only("b@example.com").get("text").asString().strip()).isEqualTo(".two dots");
    }

    @Test
    void a_mail_can_be_refused_for_good_or_for_now() {
        web.post(
                "/sandbox/faults",
                "{\"vendor\":\"smtp\",\"kind\":\"refusal\",\"code\":\"550\",\"times\":1}");
        Mail mail = new Mail("1", "minji@example.com", "s", "t", "<p>t");
        assertThatThrownBy(() -> mailer().send(mail)).isInstanceOf(Undeliverable.class);
        web.post("/sandbox/faults", "{\"vendor\":\"smtp\",\"kind\":\"status\",\"times\":1}");
        assertThatThrownBy(() -> mailer().send(mail))
                .isInstanceOf(RuntimeException.class)
                .isNotInstanceOf(Undeliverable.class);
        mailer().send(mail);
        assertThat(only("minji@example.com").get("text").asString().strip()).isEqualTo("t");
    }

    @Test
    void solapi_takes_signed_messages() {
        solapi(Sandbox.SMS_VENDORS.solapiSecret()).send("+821012345678", "인증번호 123456");
        JsonNode sms = only("+821012345678");
        assertThat(sms.get("kind").asString()).isEqualTo("sms");
        assertThat(sms.get("text").asString()).isEqualTo("인증번호 123456");
        assertThat(sms.get("from").asString()).isEqualTo("0212345678");

        assertThatThrownBy(() -> solapi("guessed").send("+821012345678", "nothing"));
        assertThat(messages("+821012345678")).hasSize(1);
        Answer unsigned = web.post(SEND, "{}");
        assertThat(unsigned.status()).isEqualTo(401);
        assertThat(unsigned.body().get("errorCode").asString()).isEqualTo("Unauthorized");
        Answer old =
                web.with(
                                "Authorization",
                                "HMAC-SHA256 apiKey=sandbox-solapi-key, date=2020-01-01T00:00:00Z,"
                                        + " salt=0123456789abcdef, signature="
                                        + "0".repeat(64))
                        .post("/sandbox/solapi/messages/v4/send-many/detail", "{}");
        assertThat(old.body().get("errorCode").asString()).isEqualTo("RequestTimeTooSkewed");
    }

    @Test
    void solapi_takes_many_at_once() throws Exception {
        String date = house.clock().instant().toString();
        javax.crypto.Mac mac = javax.crypto.Mac.getInstance("HmacSHA256");
        mac.init(
                new javax.crypto.spec.SecretKeySpec(
                        Sandbox.SMS_VENDORS.solapiSecret().getBytes(UTF_8), "HmacSHA256"));
        String signature =
                java.util.HexFormat.of()
                        .formatHex(mac.doFinal((date + "0123456789abcdef").getBytes(UTF_8)));
        Http signed =
                web.with(
                        "Authorization",
                        "HMAC-SHA256 apiKey=%s, date=%s, salt=0123456789abcdef, signature=%s"
                                .formatted(Sandbox.SMS_VENDORS.solapiKey(), date, signature));
        Answer sent =
                signed.post(
                        "/sandbox/solapi/messages/v4/send-many/detail",
                        """
                        {"messages":[{"to":"01011112222","from":"021234567","text":"하나"},
                          {"to":"7911123456","country":"44","from":"021234567","text":"two"}]}\
                        """);
        assertThat(sent.status()).isEqualTo(200);
        assertThat(sent.body().at("/groupInfo/count/registeredSuccess").asInt()).isEqualTo(2);
        assertThat(only("+821011112222").get("text").asString()).isEqualTo("하나");
        assertThat(only("+447911123456").get("text").asString()).isEqualTo("two");
        Answer wrong = signed.post(SEND, "{\"message\":{\"to\":\"010-1\",\"text\":\"x\"}}");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.body().get("errorCode").asString()).isEqualTo("ValidationError");
    }

    @Test
    void twilio_takes_forms_of_its_account() {
        String pair = Sandbox.SMS_VENDORS.twilioAccount() + ":" + Sandbox.SMS_VENDORS.twilioToken();
        Http account =
                web.with(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
        Answer sent =
                form(
                        account,
                        TWILIO,
                        "To",
                        "+821012345678",
                        "From",
                        "+15550001111",
                        "Body",
                        "코드 1");
        assertThat(sent.status()).isEqualTo(201);
        assertThat(sent.body().get("status").asString()).isEqualTo("queued");
        assertThat(sent.body().get("sid").asString()).matches("SM[0-9a-f]{32}");
        assertThat(only("+821012345678").get("text").asString()).isEqualTo("코드 1");

        Answer stranger = form(web, TWILIO, "To", "+821012345678", "Body", "x");
        assertThat(stranger.status()).isEqualTo(401);
        assertThat(stranger.body().get("code").asInt()).isEqualTo(20003);
        assertThat(form(account, TWILIO, "To", "010", "Body", "x").body().get("code").asInt())
                .isEqualTo(21211);
        assertThat(form(account, TWILIO, "Body", "x").body().get("code").asInt()).isEqualTo(21604);
        assertThat(form(account, TWILIO, "To", "+821012345678").body().get("code").asInt())
                .isEqualTo(21602);
    }

    @Test
    void the_last_five_hundred_stay_and_all_can_be_thrown_away() {
        Inbox inbox = new Inbox(CLOCK);
        for (int i = 0; i < 501; i++) {
            inbox.add(
                    new Received.Arriving(
                            "sms", "1", java.util.List.of("+1"), "", "text " + i, null));
        }
        assertThat(inbox.to("")).hasSize(500);
        assertThat(inbox.to("").getFirst().text()).isEqualTo("text 500");
        assertThat(inbox.find("1")).isNull();

        mailer().send(new Mail("1", "minji@example.com", "s", "t", "<p>t"));
        assertThat(form(web.with("Accept", "text/html"), "/sandbox/inbox/clear").status())
                .isEqualTo(303);
        assertThat(messages("")).isEmpty();
    }

    @Test
    void what_the_product_sends_arrives_here_where_no_server_is_named() {
        Person.signUp(house, "minji", "minji@example.com");
        web.post("/api/v1/auth/forgot-password", "{\"email\":\"minji@example.com\"}");
        eventually(() -> !messages("minji@example.com").isEmpty());
        assertThat(messages("minji@example.com").get(0).get("links").get(0).asString())
                .startsWith("http");
    }

    private JsonNode messages(String to) {
        return web.get("/sandbox/inbox/messages?to=" + to.replace("+", "%2B"))
                .body()
                .get("messages");
    }

    private JsonNode only(String to) {
        JsonNode messages = messages(to);
        assertThat(messages).hasSize(1);
        return messages.get(0);
    }

    private int smtpPort() {
        return house.wiring().sandbox().smtpPort();
    }

    private SmtpMailer mailer() {
        return new SmtpMailer(
                MailServer.parse("smtp://127.0.0.1:" + smtpPort() + "?tls=off"),
                MailAddress.parse("Madang <noreply@example.com>"),
                CLOCK);
    }

    private SolapiSms solapi(String secret) {
        return new SolapiSms(
                new SmsService(
                        SmsService.Vendor.SOLAPI,
                        URI.create(house.url() + "/sandbox/solapi"),
                        Sandbox.SMS_VENDORS.solapiKey(),
                        new Secret(secret),
                        "0212345678"),
                new Json(),
                CLOCK);
    }

    private static String say(Socket socket, String words) throws IOException {
        socket.getOutputStream().write((words + "\r\n").getBytes(UTF_8));
        return line(socket);
    }

    /// One answer is one line here; what waits unread is read by the next call.
    private static String line(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        int c = socket.getInputStream().read();
        while (c >= 0 && c != '\n') {
            line.append((char) c);
            c = socket.getInputStream().read();
        }
        return line.toString();
    }
}
