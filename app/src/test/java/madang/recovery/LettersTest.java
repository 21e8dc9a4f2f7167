package madang.recovery;

import static madang.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import madang.adapters.SmtpMailer;
import madang.port.MailAddress;
import madang.port.MailServer;
import madang.port.Mailer;
import madang.port.Undeliverable;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Twins;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Letters leave at least once, whatever the world does; and the driver lets nothing in that is not
/// part of a mail.
class LettersTest {
    private static Outside outside;

    @BeforeAll
    static void open() {
        outside = new Outside();
    }

    @AfterAll
    static void close() {
        outside.close();
    }

    @Test
    void a_letter_waits_until_the_carrier_is_back() {
        try (House house = outside.house()) {
            outside.carrierAnswers(503);
            int calls = outside.authorizations().size();
            Answer sent = send(house, "010-2000-0001");
            assertThat(sent.status()).as("nobody waits for the carrier").isEqualTo(201);
            eventually(() -> outside.authorizations().size() > calls);
            outside.carrierAnswers(200);
            house.clock().move(Duration.ofSeconds(20));
            assertThat(outside.digits("01020000001", 1)).hasSize(6);
            eventually(() -> letters(house) == 0);
            assertThat(outside.textsTo("01020000001")).hasSize(1);
        } finally {
            outside.carrierAnswers(200);
        }
    }

    @Test
    void what_is_refused_for_good_is_not_tried_again() {
        try (House house = outside.house()) {
            outside.carrierAnswers(400);
            send(house, "010-2000-0002");
            eventually(() -> letters(house) == 0);
            assertThat(outside.textsTo("01020000002")).isEmpty();
        } finally {
            outside.carrierAnswers(200);
        }
    }

    @Test
    void a_code_that_is_too_late_does_not_leave() {
        try (House house = outside.house()) {
            outside.carrierAnswers(503);
            int calls = outside.authorizations().size();
            send(house, "010-2000-0003");
            eventually(() -> outside.authorizations().size() > calls);
            outside.carrierAnswers(200);
            house.clock().move(Duration.ofMinutes(6));
            eventually(() -> letters(house) == 0);
            assertThat(outside.textsTo("01020000003")).isEmpty();
        } finally {
            outside.carrierAnswers(200);
        }
    }

    @Test
    void one_of_two_nodes_brings_a_letter_out() {
        try (Twins twins = Twins.open(outside.settings())) {
            for (int i = 0; i < 10; i++) {
                House house = i % 2 == 0 ? twins.here() : twins.there();
                house.stranger()
                        .post(
                                "/api/v1/auth/magic-link",
                                "{\"email\":\"twin%d@example.com\"}".formatted(i));
            }
            eventually(() -> letters(twins.here()) == 0);
            for (int i = 0; i < 10; i++) {
                assertThat(outside.mailsTo("twin%d@example.com".formatted(i))).hasSize(1);
            }
        }
    }

    @Test
    void a_dead_mail_server_holds_nobody_up_and_leaves_no_trace_of_whom_it_was_for() {
        try (ServerSocket dead = silent();
                House house =
                        House.open(
                                outside.settings(
                                        Map.of(
                                                "MADANG_MAIL_URL",
                                                "smtp://127.0.0.1:" + dead.getLocalPort())))) {
            for (int i = 0; i < 20; i++) {
                assertThat(
                                house.stranger()
                                        .post(
                                                "/api/v1/auth/magic-link",
                                                "{\"email\":\"held%d@example.com\"}".formatted(i))
                                        .status())
                        .isEqualTo(200);
            }
            send(house, "010-2000-0004");
            assertThat(outside.digits("01020000004", 1)).hasSize(6);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void a_table_that_is_stolen_opens_nothing() {
        try (House house = outside.house()) {
            house.stranger().post("/api/v1/auth/magic-link", "{\"email\":\"stolen@example.com\"}");
            String token = outside.mail("stolen@example.com").token();
            send(house, "010-2000-0005");
            String digits = outside.digits("01020000005", 1);
            String rows =
                    house.wiring()
                            .db()
                            .read(tx ->
                                    tx.sql(
                                                    """
                                                    select concat(
                                                        (select string_agg(l::text, ' ') from recovery.link l),
                                                        (select string_agg(c::text, ' ') from recovery.phone_code c),
                                                        (select string_agg(l::text, ' ') from recovery.letter l))
                                                    """)
                                            .one(String.class));
            assertThat(rows)
                    .contains("stolen@example.com")
                    .doesNotContain(token, "," + digits + ",");
        }
    }

    @Test
    void no_part_of_a_mail_adds_a_header_or_a_recipient() {
        GreenMail server =
                new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        try {
            Mailer mailer =
                    new SmtpMailer(
                            MailServer.parse("smtp://127.0.0.1:" + server.getSmtp().getPort()),
                            MailAddress.parse("마당 <noreply@madang.example>"),
                            InstantSource.system());
            String bcc = "\r\nBcc: all@example.com\r\n\r\nhello";
            mailer.send(
                    new Mailer.Mail(
                            "id-1",
                            "mina@example.com",
                            "안녕 🌻" + bcc,
                            "text" + bcc,
                            "<p>html</p>"));
            for (String to :
                    new String[] {
                        "mina@example.com" + bcc,
                        "mina@example.com, all@example.com",
                        "mina",
                        "mina@example.com\nall@example.com",
                        "mina@" + "a".repeat(80) + ".com"
                    }) {
                assertThatThrownBy(() ->
                                mailer.send(new Mailer.Mail("id-2", to, "s", "t", "<p>h</p>")))
                        .as(to)
                        .isInstanceOf(Undeliverable.class);
            }
            assertThat(server.getReceivedMessages()).hasSize(1);
            Outside.Received mail = Outside.Received.of(server.getReceivedMessages()[0]);
            assertThat(mail.subject()).isEqualTo("안녕 🌻 Bcc: all@example.com hello");
            assertThat(mail.headers().lines().filter(line -> line.startsWith("Bcc"))).isEmpty();
            assertThat(mail.id()).isEqualTo("<id-1@madang.example>");
        } finally {
            server.stop();
        }
    }

    private static Answer send(House house, String phone) {
        return house.stranger().post("/api/v1/auth/phone/send", "{\"phone\":\"" + phone + "\"}");
    }

    private static long letters(House house) {
        return count(house, "select count(*) from recovery.letter");
    }

    private static long count(House house, String question) {
        return house.wiring().db().read(tx -> tx.sql(question).one(Long.class));
    }

    /// Takes connections and never says a word.
    private static ServerSocket silent() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }
}
