package madang.chat;

import java.io.IOException;
import tools.jackson.databind.JsonNode;

/// How somebody talks to a house. Every verb gives the message as the house answered it, or null
/// where it asked him to come back or nobody knows what became of it.
interface Mouth extends AutoCloseable {
    /// What a deleted message shows.
    String GONE = "deleted";

    String THUMB = "👍";

    /// What one does to a message of one's own, and what it shows afterwards.
    enum Deed {
        EDIT,
        REACT,
        DELETE;

        String shows(String text) {
            return switch (this) {
                case EDIT -> edited(text);
                case REACT -> text + " " + THUMB;
                case DELETE -> GONE;
            };
        }

        static String edited(String text) {
            return text + ", or so";
        }
    }

    /// What a message with a file shows.
    static String withFile(String text, String content) {
        return text + " [" + content + "]";
    }

    JsonNode says(String room, String text, String key) throws IOException;

    JsonNode does(Deed deed, String room, String message, String text) throws IOException;

    @Override
    default void close() {}

    /// One that can also show something: files come over HTTP alone.
    interface WithHands extends Mouth {
        /// Shows a file with this text inside and below.
        JsonNode shows(String room, String text, String key) throws IOException;
    }
}
