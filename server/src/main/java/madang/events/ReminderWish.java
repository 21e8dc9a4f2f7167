package madang.events;

/// How somebody wishes to be reminded of what he takes part in. Mail goes to a proved address only.
public record ReminderWish(boolean threeDays, boolean oneDay, boolean byMail) {

    /// What holds for who never said anything.
    static final ReminderWish USUAL = new ReminderWish(true, true, false);
}
