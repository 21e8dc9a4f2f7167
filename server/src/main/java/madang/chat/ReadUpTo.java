package madang.chat;

import jakarta.validation.constraints.PositiveOrZero;

/// How far a client has read.
public record ReadUpTo(@PositiveOrZero long seq) {}
