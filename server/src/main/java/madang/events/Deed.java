package madang.events;

/// What somebody would do with an event.
enum Deed {
    // the creator's
    CHANGE,
    CONFIRM,
    CANCEL,
    FINISH,
    DELETE,
    ADD,
    REMOVE,
    // a participant's
    ACCEPT,
    DECLINE,
    LEAVE,
    // a stranger's, who was shown the way in
    JOIN
}
