package madang.slots;

/// What somebody has of a slot.
public enum BookingState {
    /// A place that is kept for him for some minutes.
    HELD,
    BOOKED,
    /// He had it.
    CANCELED
}
