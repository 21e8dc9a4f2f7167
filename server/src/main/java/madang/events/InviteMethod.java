package madang.events;

/// How somebody came to be asked.
public enum InviteMethod {
    /// Named by who made the event.
    CREATOR,
    FRIEND,
    LINK,
    QR
}
