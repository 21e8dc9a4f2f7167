package madang.chat;

import jakarta.validation.constraints.NotBlank;
import madang.kit.json.CodePoints;
import org.jspecify.annotations.Nullable;

/// What a client asks to open a room. Without a type it is public.
public record CreateRoom(
        @NotBlank @CodePoints(min = 1, max = 50) String name,
        @CodePoints(max = 200) @Nullable String description,
        @Nullable RoomType type) {}
