package madang.chat;

import jakarta.validation.constraints.NotBlank;
import madang.kit.json.CodePoints;
import madang.kit.json.Patch;

/// What a moderator changes of a room; an absent field stays.
public record ChangeRoom(
        Patch<@NotBlank @CodePoints(min = 1, max = 50) String> name,
        Patch<@CodePoints(max = 200) String> description,
        Patch<RoomType> type) {}
