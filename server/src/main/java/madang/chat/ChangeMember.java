package madang.chat;

import java.time.Instant;
import madang.kit.json.Patch;
import org.jspecify.annotations.Nullable;

/// What is changed of a member; an absent field stays, a null `muted_until` lets him speak.
public record ChangeMember(Patch<RoomRole> role, Patch<@Nullable Instant> mutedUntil) {}
