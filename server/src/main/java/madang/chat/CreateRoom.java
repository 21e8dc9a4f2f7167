package madang.chat;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import madang.kit.Failure;
import madang.kit.json.Bytes;
import madang.kit.json.CodePoints;
import org.jspecify.annotations.Nullable;

/// What a client asks to open a room. Without a type it is public, without a bound on its members
/// (or with 0) it has none.
public record CreateRoom(
        @NotBlank @CodePoints(min = 1, max = 50) String name,
        @CodePoints(max = 200) @Nullable String description,
        @Nullable RoomType type,
        @Bytes(min = 1, max = 72) @Nullable String password,
        @Min(0) @Max(Room.MOST_MEMBERS) @Nullable Integer maxMembers,
        @Min(0) @Max(Room.MOST_SLOW_SECONDS) @Nullable Integer slowModeSeconds) {

    public CreateRoom {
        if (type == RoomType.DIRECT) {
            throw Failure.invalid("type", "choice");
        }
    }
}
