package madang.chat;

import madang.kit.json.CodePoints;
import org.jspecify.annotations.Nullable;

/// What somebody says at the door of a room.
public record JoinRoom(@CodePoints(max = 1_000) @Nullable String password) {}
