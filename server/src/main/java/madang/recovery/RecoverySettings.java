package madang.recovery;

import madang.kit.settings.Key;
import madang.kit.settings.Problems;
import madang.kit.settings.Stage;
import madang.port.MailAddress;
import madang.port.MailServer;
import madang.port.SmsService;
import org.jspecify.annotations.Nullable;

/// How mails and short messages leave the house.
public record RecoverySettings(
        Stage stage,
        @Key(
                        name = "MADANG_MAIL_URL",
                        says =
                                "Server that takes our mails: smtp://user:password@host:587 with"
                                        + " STARTTLS, smtps://…:465 with TLS; not set: the sandbox's"
                                        + " inbox, and in production none")
                @Nullable MailServer mailServer,
        @Key(
                        name = "MADANG_MAIL_FROM",
                        value = "Madang <noreply@localhost>",
                        says =
                                "Sender of our mails: noreply@example.org or Name <noreply@example.org>")
                MailAddress mailFrom,
        @Key(
                        name = "MADANG_SMS_URL",
                        says =
                                "Service that takes our short messages:"
                                        + " solapi://key:secret@api.solapi.com?from=0212345678 or"
                                        + " twilio://account:token@api.twilio.com?from=+15551234567;"
                                        + " not set: the sandbox's inbox, and in production none")
                @Nullable SmsService smsService,
        @Key(
                        name = "MADANG_SMS_A_DAY",
                        value = "1000",
                        min = "1",
                        says = "Short messages that leave in a day at most, to all phones together")
                int smsADay) {

    public RecoverySettings {
        new Problems()
                .must(
                        stage != Stage.PRODUCTION
                                || mailServer == null
                                || mailServer.security() != MailServer.Security.NONE
                                || mailServer.isLocal(),
                        "MADANG_MAIL_URL must not switch TLS off in production, unless the server is a"
                                + " local one.")
                .must(
                        stage != Stage.PRODUCTION
                                || mailServer == null
                                || !mailFrom.domain().equals("localhost"),
                        "MADANG_MAIL_FROM must be a real address in production.")
                .stopIfAny();
    }
}
