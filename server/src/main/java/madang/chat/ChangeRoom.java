package madang.chat;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import madang.kit.Failure;
import madang.kit.json.Bytes;
import madang.kit.json.CodePoints;
import madang.kit.json.Patch;
import org.jspecify.annotations.Nullable;

/// What a moderator changes of a room; an absent field stays, a null password asks for none.
public record ChangeRoom(
        Patch<@NotBlank @CodePoints(min = 1, max = 50) String> name,
        Patch<@CodePoints(max = 200) String> description,
        Patch<RoomType> type,
        Patch<@Nullable @Bytes(min = 1, max = 72) String> password,
        Patch<@Min(0) @Max(Room.MOST_MEMBERS) Integer> maxMembers,
        Patch<@Min(0) @Max(Room.MOST_SLOW_SECONDS) Integer> slowModeSeconds) {

    public ChangeRoom {
        if (type.given() && type.value() == RoomType.DIRECT) {
            throw Failure.invalid("type", "choice");
        }
    }
}
