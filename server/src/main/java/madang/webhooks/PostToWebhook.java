package madang.webhooks;

import jakarta.validation.constraints.NotBlank;
import madang.chat.Message;
import madang.kit.json.CodePoints;
import org.jspecify.annotations.Nullable;

/// What another system says. Slack's body is one of these: what else it holds (`username`,
/// `channel`, `icon_emoji`) changes nothing here, for a webhook speaks under its own name in its
/// own room. A `clientKey` makes a retry harmless.
public record PostToWebhook(
        @NotBlank @CodePoints(max = Message.MAX_CODE_POINTS) String text,
        @CodePoints(min = 1, max = 64) @Nullable String clientKey) {}
