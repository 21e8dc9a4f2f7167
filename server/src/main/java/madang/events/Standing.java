package madang.events;

/// What somebody is to an event; a stranger to it has none.
public enum Standing {
    CREATOR,
    PENDING,
    ACCEPTED,
    DECLINED;

    /// Whether he is in the event's chat and it stands in his list.
    public boolean takesPart() {
        return this != DECLINED;
    }
}
