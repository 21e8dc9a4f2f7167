package madang.chat;

import java.util.Locale;

/// Who may see a room: everybody who signed in, its members alone, or the two who talk in it.
public enum RoomType {
    PUBLIC,
    PRIVATE,
    /// Made by `directs` alone; nobody comes in or goes.
    DIRECT;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
