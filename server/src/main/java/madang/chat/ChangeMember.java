package madang.chat;

import java.time.Instant;
import madang.kit.Failure;
import madang.kit.json.Patch;
import org.jspecify.annotations.Nullable;

/// What is changed of a member; an absent field stays, a null `muted_until` lets him speak. Nobody
/// is made the owner and muted at once: there would be nobody to lift it.
public record ChangeMember(Patch<RoomRole> role, Patch<@Nullable Instant> mutedUntil) {
    public ChangeMember {
        if (role.value() == RoomRole.OWNER && mutedUntil.value() != null) {
            throw Failure.invalid("muted_until", "owner_is_not_muted");
        }
    }
}
