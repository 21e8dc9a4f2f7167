package madang.chat;

import madang.kit.Id;
import madang.kit.json.CodePoints;
import org.jspecify.annotations.Nullable;

/// What a client says with a file: nothing, or a text that stands below it. `clientKey` makes a
/// retry harmless; `thread` is the message in whose thread it is shown.
public record SendFile(
        @CodePoints(max = Message.MAX_CODE_POINTS) @Nullable String text,
        @CodePoints(min = 1, max = 64) @Nullable String clientKey,
        @Nullable Id<Message> replyTo,
        @Nullable Id<Message> thread) {}
