package madang.identity;

import org.jspecify.annotations.Nullable;

/// Where somebody knocks from, as far as guessing is concerned: the client's address and the token
/// of a device that was let in before.
public record Visitor(String address, @Nullable String deviceToken) {}
