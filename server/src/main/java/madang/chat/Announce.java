package madang.chat;

import jakarta.validation.constraints.NotBlank;
import madang.kit.json.CodePoints;
import org.jspecify.annotations.Nullable;

/// What a moderator announces. `clientKey` makes a retry harmless.
public record Announce(
        @NotBlank @CodePoints(max = Message.MAX_CODE_POINTS) String text,
        @CodePoints(min = 1, max = 64) @Nullable String clientKey) {}
