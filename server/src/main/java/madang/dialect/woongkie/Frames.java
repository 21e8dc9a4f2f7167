package madang.dialect.woongkie;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_DEFAULT;
import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.text.MessageFormat;
import java.time.Instant;
import java.util.Map;
import madang.dialect.woongkie.Views.MessageJson;
import madang.kit.json.Json;
import madang.live.Frame;
import org.jspecify.annotations.Nullable;

/// What the server says on this dialect's socket, put into bytes.
final class Frames {

    /// The names of its members are the original's, capitals included.
    private record FrameJson(
            @JsonProperty("Event") String event,
            @JsonProperty("User") String user,
            String message,
            @JsonInclude(NON_DEFAULT) boolean owner,
            @JsonInclude(NON_NULL) @Nullable String roomId,
            @JsonInclude(NON_NULL) @Nullable String messageId,
            @JsonInclude(NON_NULL) @Nullable Instant createdAt,
            @JsonInclude(NON_NULL) @Nullable String replyTo,
            @JsonInclude(NON_NULL) @Nullable String replyToMessage,
            @JsonInclude(NON_NULL) @Nullable String replyToUser,
            @JsonInclude(NON_DEFAULT) boolean encrypted,
            @JsonInclude(NON_NULL) @Nullable String encryptedKeys) {}

    private final Json json;
    private final Words words;

    Frames(Json json, Words words) {
        this.json = json;
        this.words = words;
    }

    /// A message of the history.
    Frame log(MessageJson message, boolean isOwn) {
        return of("CHATLOG", message, isOwn);
    }

    /// A message that was just said.
    Frame said(MessageJson message, boolean isOwn) {
        return of(message.event() == null ? "MSG" : message.event(), message, isOwn);
    }

    Frame edited(MessageJson message) {
        return of("MSG_EDIT", message, false);
    }

    Frame deleted(MessageJson message) {
        return frame("MSG_DELETE", message.user(), "", message.roomId(), message.id());
    }

    Frame typing(String user, String room, boolean isTyping) {
        return frame(isTyping ? "TYPING_START" : "TYPING_STOP", user, "", room, null);
    }

    Frame present(String user, String room, boolean isPresent) {
        return frame("PRESENCE", user, isPresent ? "online" : "offline", room, null);
    }

    /// Somebody has come or gone, in words.
    Frame notice(String user, String room, boolean isPresent) {
        String sentence = words.say(isPresent ? "joined" : "left");
        return frame(
                isPresent ? "OPEN" : "CLOSE",
                user,
                new MessageFormat(sentence, java.util.Locale.KOREAN).format(new Object[] {user}),
                room,
                null);
    }

    /// For the sender alone.
    Frame warning(String sentence) {
        return frame("WARN", Translator.SYSTEM, sentence, null, null);
    }

    private Frame of(String event, MessageJson message, boolean isOwn) {
        @Nullable Map<String, String> keys = message.encryptedKeys();
        return frame(
                new FrameJson(
                        event,
                        message.user(),
                        message.message(),
                        isOwn,
                        message.roomId(),
                        message.id(),
                        message.createdAt(),
                        message.replyTo(),
                        message.replyToMessage(),
                        message.replyToUser(),
                        message.encrypted(),
                        keys == null ? null : text(keys)));
    }

    private Frame frame(
            String event,
            String user,
            String message,
            @Nullable String room,
            @Nullable String messageId) {
        return frame(
                new FrameJson(
                        event, user, message, false, room, messageId, null, null, null, null, false,
                        null));
    }

    private Frame frame(FrameJson frame) {
        return Frame.of(json.write(frame));
    }

    private String text(Object value) {
        return new String(json.write(value), java.nio.charset.StandardCharsets.UTF_8);
    }
}
