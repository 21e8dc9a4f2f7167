package madang.port;

/// Hands mails to the world.
///
/// Guaranteed: what returns was taken over by the next server on the way, with a text and an HTML
/// part of the same content. It takes a bounded time, and no part of a mail can add a header or a
/// recipient.
///
/// Not guaranteed: that the mail arrives. A mail that is sent again under its id may arrive twice.
public interface Mailer {

    /// One mail to one person. `id` is that of the mail, not of the try.
    record Mail(String id, String to, String subject, String text, String html) {}

    /// Throws [Undeliverable] where trying again is in vain, anything else where it is not.
    void send(Mail mail);
}
