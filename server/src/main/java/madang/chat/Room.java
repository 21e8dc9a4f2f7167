package madang.chat;

import java.text.Normalizer;
import java.time.Instant;
import java.util.Locale;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.User;
import org.jspecify.annotations.Nullable;

/// A room as one caller finds it: the room, and what he is in it. Its methods are the rules.
public record Room(
        Id<Room> id,
        String name,
        String description,
        RoomType type,
        boolean isDefault,
        @Nullable Id<User> createdBy,
        int memberCount,
        Instant createdAt,
        @Nullable RoomRole myRole,
        @Nullable Long readSeq) {

    /// Presence and read markers are told to everybody in rooms up to this size.
    static final int LARGE = 100;

    static Failure notFound() {
        return Failure.notFound("CHAT_ROOM_NOT_FOUND");
    }

    /// The room that a client names; what is no id names no room.
    static Id<Room> id(String text) {
        Id<Room> id = Id.parse(text);
        if (id == null) {
            throw notFound();
        }
        return id;
    }

    /// A private room exists for its members alone.
    boolean isVisible() {
        return type == RoomType.PUBLIC || myRole != null;
    }

    boolean isLarge() {
        return memberCount > LARGE;
    }

    boolean isMine() {
        return myRole != null;
    }

    /// A stranger joins what he sees; a private room one comes into by its moderators.
    void requireMember() {
        if (myRole == null) {
            throw Failure.forbidden();
        }
    }

    void requireModerator() {
        if (myRole == null || !myRole.isModerator()) {
            throw Failure.forbidden();
        }
    }

    void requireChangeable() {
        requireModerator();
        if (isDefault) {
            throw Failure.forbidden();
        }
    }

    void requireDeletable() {
        if (isDefault || myRole != RoomRole.OWNER) {
            throw Failure.forbidden();
        }
    }

    /// Nobody leaves the room that everybody is in.
    void requireLeavable() {
        if (isDefault) {
            throw Failure.forbidden();
        }
    }

    /// Moderators remove members, owners also moderators, and nobody the owner.
    void requireRemovable(RoomRole target) {
        requireModerator();
        boolean mayRemove =
                switch (target) {
                    case OWNER -> false;
                    case MODERATOR -> myRole == RoomRole.OWNER;
                    case MEMBER -> true;
                };
        if (!mayRemove || isDefault) {
            throw Failure.forbidden();
        }
    }

    /// The room after a change; what the command does not name stays.
    Room changed(ChangeRoom command) {
        return new Room(
                id,
                command.name().map(Room::normalName).or(name),
                command.description().or(description),
                command.type().or(type),
                isDefault,
                createdBy,
                memberCount,
                createdAt,
                myRole,
                readSeq);
    }

    /// Names are kept in NFC, so that what looks equal is equal.
    static String normalName(String name) {
        return Normalizer.normalize(name.strip(), Normalizer.Form.NFC);
    }

    static String nameKey(String name) {
        return normalName(name).toLowerCase(Locale.ROOT);
    }

    static Room madeBy(Caller caller, Id<Room> id, CreateRoom command, Instant now) {
        return new Room(
                id,
                normalName(command.name()),
                command.description() == null ? "" : command.description(),
                command.type() == null ? RoomType.PUBLIC : command.type(),
                false,
                caller.user(),
                1,
                now,
                RoomRole.OWNER,
                0L);
    }
}
