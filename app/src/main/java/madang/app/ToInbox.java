package madang.app;

import java.net.URI;
import java.time.InstantSource;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import madang.adapters.SmtpMailer;
import madang.adapters.SolapiSms;
import madang.kit.Secret;
import madang.kit.json.Json;
import madang.port.MailAddress;
import madang.port.MailServer;
import madang.port.Mailer;
import madang.port.SmsSender;
import madang.port.SmsService;
import madang.sandbox.Sandbox;
import org.jspecify.annotations.Nullable;

/// Mails and short messages for which no server was named: into the sandbox's inbox, over the same
/// wire as into the world. Its doors are known once they are bound, so they are looked up late.
final class ToInbox {

    static Mailer mailer(IntSupplier smtpPort, MailAddress from, InstantSource clock) {
        return mail ->
                new SmtpMailer(
                                MailServer.parse(
                                        "smtp://127.0.0.1:" + smtpPort.getAsInt() + "?tls=off"),
                                from,
                                clock)
                        .send(mail);
    }

    static SmsSender sms(Supplier<String> ownAddress, Json json, InstantSource clock) {
        return new Sms(ownAddress, json, clock);
    }

    private static final class Sms implements SmsSender {
        private final Supplier<String> ownAddress;
        private final Json json;
        private final InstantSource clock;
        private @Nullable SmsSender solapi;

        Sms(Supplier<String> ownAddress, Json json, InstantSource clock) {
            this.ownAddress = ownAddress;
            this.json = json;
            this.clock = clock;
        }

        @Override
        public void send(String to, String text) {
            solapi().send(to, text);
        }

        private synchronized SmsSender solapi() {
            if (solapi == null) {
                solapi =
                        new SolapiSms(
                                new SmsService(
                                        SmsService.Vendor.SOLAPI,
                                        URI.create(ownAddress.get() + "/sandbox/solapi"),
                                        Sandbox.SMS_VENDORS.solapiKey(),
                                        new Secret(Sandbox.SMS_VENDORS.solapiSecret()),
                                        "0212345678"),
                                json,
                                clock);
            }
            return solapi;
        }
    }

    private ToInbox() {}
}
