package madang.adapters;

import java.time.InstantSource;
import madang.port.MailAddress;
import madang.port.MailServer;
import madang.port.Mailer;
import madang.port.SmsService;

/// A program that sends one letter to each address that it is given, and says how it went. A
/// process of its own, because whom a JVM trusts and where it finds a host is settled when it
/// starts.
final class TlsErrand {

    static void main(String[] addresses) {
        for (String address : addresses) {
            System.out.println(outcome(address));
        }
    }

    private static String outcome(String address) {
        try {
            if (address.startsWith("twilio")) {
                new TwilioSms(SmsService.parse(address)).send("+821055501234", "코드 123456 🔑");
            } else {
                new SmtpMailer(
                                MailServer.parse(address),
                                MailAddress.parse("마당 <noreply@madang.example>"),
                                InstantSource.system())
                        .send(
                                new Mailer.Mail(
                                        "letter-1",
                                        "mina@example.com",
                                        "비밀번호 🔑",
                                        "안녕",
                                        "<p>안녕</p>"));
            }
            return "sent";
        } catch (RuntimeException refused) {
            return refused.getMessage();
        }
    }

    private TlsErrand() {}
}
