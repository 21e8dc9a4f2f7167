package madang.dialect.woongkie;

import java.util.Locale;
import java.util.Map;
import madang.chat.Message;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.json.Json;
import madang.kit.json.Storable;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a client says on its socket. Its clients spell the names of members in capitals, in part or
/// not at all; who they say that they are, and where, is not read.
record Spoken(
        String event,
        String message,
        @Nullable Id<Message> replyTo,
        boolean isEncrypted,
        String encryptedKeys) {

    /// Null where it is no JSON object, or says what no row of a database can hold.
    static @Nullable Spoken read(Json json, byte[] text) {
        JsonNode frame;
        try {
            frame = json.tree(text);
        } catch (Failure malformed) {
            return null;
        }
        if (!frame.isObject()) {
            return null;
        }
        String message = text(frame, "message");
        return Storable.is(message)
                ? new Spoken(
                        text(frame, "event"),
                        message,
                        Id.parse(text(frame, "reply_to")),
                        flag(frame, "encrypted"),
                        text(frame, "encrypted_keys"))
                : null;
    }

    private static String text(JsonNode frame, String name) {
        @Nullable JsonNode value = member(frame, name);
        return value != null && value.isString() ? value.stringValue() : "";
    }

    private static boolean flag(JsonNode frame, String name) {
        @Nullable JsonNode value = member(frame, name);
        return value != null && value.asBoolean(false);
    }

    private static @Nullable JsonNode member(JsonNode frame, String name) {
        for (Map.Entry<String, JsonNode> member : frame.properties()) {
            if (member.getKey().toLowerCase(Locale.ROOT).equals(name)) {
                return member.getValue();
            }
        }
        return null;
    }
}
