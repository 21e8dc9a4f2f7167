package madang.chat;

import java.text.Normalizer;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
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
        boolean isChannel,
        boolean hasPassword,
        int maxMembers,
        int slowModeSeconds,
        @Nullable Id<User> createdBy,
        int memberCount,
        Instant createdAt,
        @Nullable Id<User> peer,
        boolean isBanned,
        @Nullable Mine mine) {

    /// Presence and read markers are told to everybody in rooms up to this size.
    static final int LARGE = 100;

    static final int MOST_MEMBERS = 1_000;
    static final int MOST_SLOW_SECONDS = 21_600;

    /// What the caller is in a room that he is a member of.
    public record Mine(RoomRole role, long readSeq, @Nullable Instant mutedUntil) {}

    static Failure notFound() {
        return Failure.notFound("CHAT_ROOM_NOT_FOUND");
    }

    static Failure passwordRequired() {
        return Failure.of(Failure.Kind.FORBIDDEN, "CHAT_PASSWORD_REQUIRED");
    }

    static Failure banned() {
        return Failure.of(Failure.Kind.FORBIDDEN, "CHAT_BANNED");
    }

    static Failure muted(Instant until) {
        return Failure.of(Failure.Kind.FORBIDDEN, "CHAT_MUTED").with(Map.of("until", until));
    }

    static Failure blocked() {
        return Failure.of(Failure.Kind.FORBIDDEN, "CHAT_BLOCKED");
    }

    /// The room that a client names; what is no id names no room.
    static Id<Room> id(String text) {
        Id<Room> id = Id.parse(text);
        if (id == null) {
            throw notFound();
        }
        return id;
    }

    @Nullable RoomRole myRole() {
        return mine == null ? null : mine.role();
    }

    boolean isMine() {
        return mine != null;
    }

    /// Until when the caller may not speak here; null where he may.
    @Nullable Instant mutedUntil(Instant now) {
        @Nullable Instant until = mine == null ? null : mine.mutedUntil();
        return until != null && until.isAfter(now) ? until : null;
    }

    /// A private room exists for its members alone.
    boolean isVisible() {
        return type == RoomType.PUBLIC || isMine();
    }

    /// Whether everybody who signed in may read it.
    boolean isOpen() {
        return type == RoomType.PUBLIC && !hasPassword;
    }

    boolean isReadable() {
        return isMine() || (isOpen() && !isBanned);
    }

    boolean isLarge() {
        return memberCount > LARGE;
    }

    /// A public room's password keeps strangers from what is said in it.
    void requireReadable() {
        if (!isReadable()) {
            throw isBanned ? banned() : passwordRequired();
        }
    }

    /// Into a private room one comes by a password that one was told, or is brought in.
    void requireEnterable() {
        boolean hasDoor = type == RoomType.PUBLIC || (type == RoomType.PRIVATE && hasPassword);
        if (!hasDoor) {
            throw notFound();
        }
        if (isBanned) {
            throw banned();
        }
    }

    void requireSpace() {
        if (maxMembers > 0 && memberCount >= maxMembers) {
            throw Failure.conflict("CHAT_ROOM_FULL");
        }
    }

    void requireMember() {
        if (!isMine()) {
            throw Failure.forbidden();
        }
    }

    void requireModerator() {
        if (mine == null || !mine.role().isModerator()) {
            throw Failure.forbidden();
        }
    }

    /// What stays in sight is the moderators' choice, or of the two who talk alone.
    void requireKeeper() {
        if (type != RoomType.DIRECT) {
            requireModerator();
        }
    }

    void requireOwner() {
        if (myRole() != RoomRole.OWNER) {
            throw Failure.forbidden();
        }
    }

    /// Nobody leaves the room that everybody is in, a talk between two, or a channel.
    void requireLeavable() {
        if (isDefault || isChannel || type == RoomType.DIRECT) {
            throw Failure.forbidden();
        }
    }

    /// Moderators have a say over members, owners also over moderators, and nobody over the owner.
    void requireSayOver(RoomRole target) {
        requireModerator();
        boolean hasSay =
                switch (target) {
                    case OWNER -> false;
                    case MODERATOR -> myRole() == RoomRole.OWNER;
                    case MEMBER -> true;
                };
        if (!hasSay) {
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
                isChannel,
                command.password().map(password -> password != null).or(hasPassword),
                command.maxMembers().or(maxMembers),
                command.slowModeSeconds().or(slowModeSeconds),
                createdBy,
                memberCount,
                createdAt,
                peer,
                isBanned,
                mine);
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
                false,
                command.password() != null,
                command.maxMembers() == null ? 0 : command.maxMembers(),
                command.slowModeSeconds() == null ? 0 : command.slowModeSeconds(),
                caller.user(),
                1,
                now,
                null,
                false,
                new Mine(RoomRole.OWNER, 0, null));
    }
}
