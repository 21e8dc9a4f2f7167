package madang.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How operators write where mails and short messages leave.
class WaysOutTest {

    @ParameterizedTest
    @CsvSource({
        "smtp://smtp.gmail.com, 587, STARTTLS",
        "smtp://smtp.gmail.com:2525, 2525, STARTTLS",
        "smtps://smtp.sendgrid.net, 465, TLS",
        "smtp://smtp.example.org:465, 465, TLS",
        "smtp://mailhog:1025, 1025, STARTTLS_IF_OFFERED",
        "smtp://127.0.0.1:1025, 1025, STARTTLS_IF_OFFERED",
        "smtp://10.0.0.7, 587, STARTTLS_IF_OFFERED",
        "smtp://mailhog:1025?tls=true, 1025, STARTTLS",
        "smtp://mailhog:1025?tls=false, 1025, NONE",
        "smtp://mail.example.org?tls=off, 587, NONE"
    })
    void mails_leave_in_the_clear_only_where_somebody_says_so_or_nobody_listens(
            String text, int port, MailServer.Security security) {
        MailServer server = MailServer.parse(text);
        assertThat(server.port()).isEqualTo(port);
        assertThat(server.security()).isEqualTo(security);
    }

    @Test
    void a_password_may_hold_anything_and_is_never_shown() {
        MailServer server = MailServer.parse("smtps://apikey:SG.a%2Fb%40c+d@smtp.sendgrid.net:465");
        assertThat(server.user()).isEqualTo("apikey");
        assertThat(server.password().value()).isEqualTo("SG.a/b@c+d");
        assertThat(server.toString()).doesNotContain("SG.a");
        assertThat(MailServer.parse("smtp://mailhog:1025").user()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mail.example.org",
                "http://mail.example.org",
                "smtp://",
                "smtp://a?x=y",
                "smtp:// a"
            })
    void these_are_no_mail_servers(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MailServer.parse(text))
                .withMessageStartingWith("smtp://user");
    }

    @Test
    void a_sender_has_an_address_and_maybe_a_name() {
        assertThat(MailAddress.parse("Go Auth Server <noreply@localhost>"))
                .isEqualTo(new MailAddress("Go Auth Server", "noreply@localhost"));
        assertThat(MailAddress.parse("마당 <noreply@madang.example>").domain())
                .isEqualTo("madang.example");
        assertThat(MailAddress.parse(" noreply@timingle.com ").name()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"noreply", "a <b", "a b@c", "<a@b", "a@b>", "a\r\nBcc: x <a@b>", "a@b, c@d"})
    void these_are_no_senders(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> MailAddress.parse(text));
    }

    @Test
    void a_service_of_short_messages_is_a_vendor_an_account_and_a_sender() {
        SmsService solapi = SmsService.parse("solapi://NCSKEY:hush@api.solapi.com?from=0212345678");
        assertThat(solapi.vendor()).isEqualTo(SmsService.Vendor.SOLAPI);
        assertThat(solapi.base()).isEqualTo(URI.create("https://api.solapi.com"));
        assertThat(solapi.from()).isEqualTo("0212345678");
        assertThat(solapi.toString()).doesNotContain("hush");
        for (String from : new String[] {"+15551234567", "%2B15551234567"}) {
            assertThat(SmsService.parse("twilio://AC1:token@api.twilio.com?from=" + from).from())
                    .isEqualTo("+15551234567");
        }
        assertThat(SmsService.parse("solapi://k:s@127.0.0.1:8080/sandbox/solapi/?from=02").base())
                .isEqualTo(URI.create("http://127.0.0.1:8080/sandbox/solapi"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aligo://k:s@aligo.in?from=02",
                "solapi://k@api.solapi.com?from=02",
                "solapi://api.solapi.com?from=02",
                "solapi://k:s@api.solapi.com"
            })
    void these_are_no_services(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> SmsService.parse(text));
    }
}
