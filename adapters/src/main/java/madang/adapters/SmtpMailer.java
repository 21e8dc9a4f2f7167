package madang.adapters;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.net.IDN;
import java.time.InstantSource;
import java.util.Date;
import java.util.Properties;
import madang.port.MailAddress;
import madang.port.MailServer;
import madang.port.Mailer;
import madang.port.Undeliverable;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/// Hands mails to an SMTP server (RFC 5321), one connection a mail: there are few of them, and none
/// waits for another. A mail keeps its Message-ID over all tries, so that a mailbox that gets it
/// twice can know.
public final class SmtpMailer implements Mailer {
    private static final String CONNECT_MILLIS = "5000";
    private static final String ANSWER_MILLIS = "10000";

    /// The codes by which a server refuses this recipient or this mail for good (RFC 5321 §4.2.3);
    /// other 5xx tell of us, as a wrong password does, and may be right tomorrow.
    private static final int FIRST_FINAL = 550;

    private static final int LAST_FINAL = 556;

    /// SendGrid would lead links over its own address, and note who followed them.
    private static final String NO_CLICK_TRACKING =
            "{\"filters\":{\"clicktrack\":{\"settings\":{\"enable\":0}}}}";

    private final MailServer server;
    private final MailAddress from;
    private final InstantSource clock;

    public SmtpMailer(MailServer server, MailAddress from, InstantSource clock) {
        this.server = server;
        this.from = from;
        this.clock = clock;
    }

    @Override
    public void send(Mail mail) {
        try {
            InternetAddress to = recipient(mail.to());
            Session session = Session.getInstance(properties(isUnicode(to)));
            MimeMessage message = message(session, to, mail);
            try (Transport transport = session.getTransport()) {
                connect(transport);
                transport.sendMessage(message, message.getAllRecipients());
            }
        } catch (AddressException noAddress) {
            throw new Undeliverable("no address");
        } catch (MessagingException failed) {
            throw inWords(failed);
        }
    }

    /// Without a user nothing is said of who we are; given an empty one, the library would say it.
    private void connect(Transport transport) throws MessagingException {
        if (server.user() == null) {
            transport.connect();
        } else {
            transport.connect(server.user(), server.password().value());
        }
    }

    private MimeMessage message(Session session, InternetAddress to, Mail mail)
            throws MessagingException {
        MimeMessage message = new Named(session, "<" + mail.id() + "@" + from.domain() + ">");
        message.setFrom(sender());
        message.setRecipient(Message.RecipientType.TO, to);
        message.setSubject(oneLine(mail.subject()), UTF_8.name());
        message.setSentDate(Date.from(clock.instant()));
        message.setHeader("Auto-Submitted", "auto-generated");
        if (server.host().endsWith(".sendgrid.net")) {
            message.setHeader("X-SMTPAPI", NO_CLICK_TRACKING);
        }
        message.setContent(
                new MimeMultipart(
                        "alternative", part(mail.text(), "plain"), part(mail.html(), "html")));
        message.saveChanges();
        return message;
    }

    private static MimeBodyPart part(String content, String subtype) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(content, UTF_8.name(), subtype);
        return part;
    }

    private InternetAddress sender() {
        try {
            return new InternetAddress(from.address(), from.name(), UTF_8.name());
        } catch (UnsupportedEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// The domain in ASCII (RFC 3490), as every server reads it.
    private static InternetAddress recipient(String address) throws AddressException {
        int at = address.lastIndexOf('@');
        try {
            String domain = IDN.toASCII(address.substring(at + 1));
            InternetAddress to = new InternetAddress();
            to.setAddress(address.substring(0, at + 1) + domain);
            to.validate();
            return to;
        } catch (IllegalArgumentException noDomain) {
            throw new AddressException("no domain");
        }
    }

    /// A name before the `@` beyond ASCII needs a server that speaks SMTPUTF8 (RFC 6531).
    private static boolean isUnicode(InternetAddress address) {
        return !address.getAddress().chars().allMatch(c -> c < 0x80);
    }

    private static String oneLine(String subject) {
        return subject.replaceAll("\\p{Cntrl}+", " ");
    }

    private Properties properties(boolean isUnicode) {
        Properties properties = new Properties();
        properties.put("mail.transport.protocol", "smtp");
        properties.put("mail.smtp.host", server.host());
        properties.put("mail.smtp.port", Integer.toString(server.port()));
        properties.put("mail.smtp.auth", Boolean.toString(server.user() != null));
        properties.put("mail.smtp.connectiontimeout", CONNECT_MILLIS);
        properties.put("mail.smtp.timeout", ANSWER_MILLIS);
        properties.put("mail.smtp.writetimeout", ANSWER_MILLIS);
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.mime.allowutf8", Boolean.toString(isUnicode));
        switch (server.security()) {
            case TLS -> properties.put("mail.smtp.ssl.enable", "true");
            case STARTTLS -> {
                properties.put("mail.smtp.starttls.enable", "true");
                properties.put("mail.smtp.starttls.required", "true");
            }
            case STARTTLS_IF_OFFERED -> {
                properties.put("mail.smtp.starttls.enable", "true");
                properties.put("mail.smtp.ssl.trust", server.host());
                properties.put("mail.smtp.ssl.checkserveridentity", "false");
            }
            case NONE -> properties.put("mail.smtp.starttls.enable", "false");
        }
        return properties;
    }

    /// What went wrong by its kind and code alone: servers repeat the address in their words.
    private static RuntimeException inWords(MessagingException failed) {
        int code = 0;
        for (@Nullable Exception at = failed;
                at != null;
                at = at instanceof MessagingException more ? more.getNextException() : null) {
            code = Math.max(code, codeOf(at));
        }
        String reason = failed.getClass().getSimpleName() + (code == 0 ? "" : " " + code);
        return code >= FIRST_FINAL && code <= LAST_FINAL
                ? new Undeliverable(reason)
                : new IllegalStateException(reason);
    }

    private static int codeOf(Exception failed) {
        return switch (failed) {
            case SMTPAddressFailedException refused -> refused.getReturnCode();
            case SMTPSendFailedException refused -> refused.getReturnCode();
            default -> 0;
        };
    }

    /// A message whose id is given to it.
    private static final class Named extends MimeMessage {
        private final String id;

        private Named(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
