package madang.chat;

import jakarta.validation.constraints.NotBlank;
import java.util.Map;
import madang.kit.Id;
import madang.kit.json.CodePoints;
import org.jspecify.annotations.Nullable;

/// What a client asks when it speaks. `clientKey` makes a retry harmless; `thread` is the message
/// in whose thread it is said; with `encryptedKeys` (user id → Base64) the text is ciphertext.
public record SendMessage(
        @NotBlank @CodePoints(max = Message.MAX_CODE_POINTS) String text,
        @CodePoints(min = 1, max = 64) @Nullable String clientKey,
        @Nullable Id<Message> replyTo,
        @Nullable Id<Message> thread,
        @Nullable Map<String, String> encryptedKeys) {

    SendMessage withKey(String key) {
        return new SendMessage(text, key, replyTo, thread, encryptedKeys);
    }
}
