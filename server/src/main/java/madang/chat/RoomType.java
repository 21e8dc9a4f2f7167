package madang.chat;

import java.util.Locale;

/// Who may see a room: everybody who signed in, or its members alone.
public enum RoomType {
    PUBLIC,
    PRIVATE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
