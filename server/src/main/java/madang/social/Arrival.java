package madang.social;

/// Somebody whom a vendor has let through to us.
public record Arrival(Person person, Grant grant) {}
