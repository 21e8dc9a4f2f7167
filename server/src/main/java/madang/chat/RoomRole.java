package madang.chat;

import java.util.Locale;

/// What a member may do in a room.
public enum RoomRole {
    OWNER,
    MODERATOR,
    MEMBER;

    boolean isModerator() {
        return this != MEMBER;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
