package madang.sandbox.inbox;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import madang.kit.CannotStart;
import madang.sandbox.stand.Faults;
import org.jspecify.annotations.Nullable;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;

/// SMTP in, on a port of this machine alone (RFC 5321, without TLS or a password). Everybody has a
/// mailbox, except while a fault is ordered.
final class MailDoor {
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_CONNECTIONS = 50;
    private static final int MOST_RECIPIENTS = 50;
    private static final int PATIENCE_SECONDS = 90;
    private static final int DEEPEST = 10;
    private static final int NOT_NOW = 451;

    private final Inbox inbox;
    private final Faults.OfVendor faults;
    private final SMTPServer server;

    /// @param port 0 for any free one
    MailDoor(int port, Inbox inbox, Faults.OfVendor faults) {
        this.inbox = inbox;
        this.faults = faults;
        server =
                SMTPServer.port(port)
                        .bindAddress(InetAddress.getLoopbackAddress())
                        .hostName("sandbox")
                        .softwareName("Madang sandbox")
                        .hideTLS()
                        .maxConnections(MOST_CONNECTIONS)
                        .maxRecipients(MOST_RECIPIENTS)
                        .maxMessageSize(MOST_BYTES)
                        .connectionTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                        .executorService(Executors.newVirtualThreadPerTaskExecutor())
                        .messageHandlerFactory(Arrival::new)
                        .build();
    }

    void start() {
        try {
            server.start();
        } catch (RuntimeException taken) {
            throw new CannotStart(
                    "MADANG_SANDBOX_SMTP_PORT "
                            + server.getPort()
                            + " cannot be bound: another program has it. Choose another one, or 0 for any.",
                    taken);
        }
    }

    void stop() {
        server.stop();
    }

    int port() {
        return server.getPortAllocated();
    }

    /// One mail on its way in.
    private final class Arrival implements MessageHandler {
        private final List<String> to = new ArrayList<>();
        private String from = "";

        Arrival(MessageContext ignored) {}

        @Override
        public void from(String sender) {
            from = sender;
        }

        @Override
        public void recipient(String recipient) throws RejectException {
            Faults.@Nullable Order order = faults.next("");
            if (order != null) {
                fail(order);
            }
            to.add(recipient);
        }

        @Override
        public @Nullable String data(InputStream bytes) throws RejectException, IOException {
            try {
                MimeMessage mail = new MimeMessage(Session.getInstance(new Properties()), bytes);
                inbox.add(
                        new Received.Arriving(
                                "mail",
                                from,
                                List.copyOf(to),
                                Objects.requireNonNullElse(mail.getSubject(), ""),
                                Objects.requireNonNullElse(text(mail, "text/plain", 0), ""),
                                text(mail, "text/html", 0)));
                return null;
            } catch (MessagingException unreadable) {
                throw new RejectException(554, "that is no mail");
            }
        }

        @Override
        public void done() {}
    }

    private void fail(Faults.Order order) throws RejectException {
        switch (order.kind()) {
            case SLOW -> faults.pause(order.seconds());
            case BLACK_HOLE, DRIP -> faults.pause(PATIENCE_SECONDS);
            case REFUSAL ->
                    throw new RejectException(
                            order.code().matches("[45]\\d\\d")
                                    ? Integer.parseInt(order.code())
                                    : NOT_NOW,
                            "refused as ordered");
            default -> throw new RejectException(NOT_NOW, "not now, as ordered");
        }
    }

    /// The first part of this type, however it is nested.
    private static @Nullable String text(Part part, String type, int depth)
            throws MessagingException, IOException {
        if (part.isMimeType(type)) {
            return part.getContent() instanceof String text ? text : null;
        }
        if (depth < DEEPEST && part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart one = parts.getBodyPart(i);
                @Nullable String found = text(one, type, depth + 1);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
