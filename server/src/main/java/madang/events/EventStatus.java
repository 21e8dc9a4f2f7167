package madang.events;

/// How far an event has come. What leads from one to the next: [Transition].
public enum EventStatus {
    PROPOSED,
    CONFIRMED,
    CANCELED,
    DONE;

    /// Whether anything may still change.
    public boolean isOpen() {
        return this == PROPOSED || this == CONFIRMED;
    }
}
