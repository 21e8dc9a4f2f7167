package madang.chat;

import jakarta.validation.constraints.NotBlank;
import madang.kit.json.CodePoints;

/// What an author asks to say instead.
public record EditMessage(@NotBlank @CodePoints(max = Message.MAX_CODE_POINTS) String text) {}
