package madang.chat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.User;
import org.jspecify.annotations.Nullable;

/// One message of a room's log, in its present state, with what it quotes. Its methods are the
/// rules. `thread` is the message that it answers in a thread, `replies` how many answer it there.
public record Message(
        Id<Room> room,
        long seq,
        long changedSeq,
        Id<Message> id,
        Kind kind,
        @Nullable Id<User> author,
        @Nullable String text,
        @Nullable String notice,
        String clientKey,
        Instant createdAt,
        @Nullable Instant editedAt,
        @Nullable Instant deletedAt,
        @Nullable Instant pinnedAt,
        @Nullable Id<Message> thread,
        int replies,
        Extras extras,
        @Nullable Quote replyTo) {

    public static final int MAX_CODE_POINTS = 4_000;
    static final Duration EDIT_WINDOW = Duration.ofMinutes(5);

    /// What hangs on a message, each in JSON as its readers see it; null where there is none.
    public record Extras(
            @Nullable String mentions,
            @Nullable String reactions,
            @Nullable String file,
            @Nullable String preview,
            @Nullable String encryptedKeys) {
        static final Extras NONE = new Extras(null, null, null, null, null);
    }

    /// What a reply quotes. Text that is deleted or encrypted is not quoted.
    public record Quote(
            Id<Message> id, long seq, @Nullable Id<User> author, @Nullable String text) {}

    /// What a message is. Notices and system messages are never unread.
    public enum Kind {
        TEXT,
        NOTICE,
        FILE,
        IMAGE,
        SYSTEM;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Failure notFound() {
        return Failure.notFound("CHAT_MESSAGE_NOT_FOUND");
    }

    /// As it was born: nothing has changed since.
    boolean isNew() {
        return changedSeq == seq;
    }

    boolean isEncrypted() {
        return extras.encryptedKeys() != null;
    }

    /// Nobody finds what was deleted or is ciphertext.
    boolean isMatchedBy(SearchQuery query) {
        return text != null && !isEncrypted() && query.matches(text);
    }

    /// The message whose thread it stands in; a message that answers none has a thread of its own.
    Id<Message> root() {
        return thread == null ? id : thread;
    }

    static @Nullable String mentionsJson(List<Id<User>> users) {
        return users.isEmpty()
                ? null
                : users.stream()
                        .map(user -> "\"" + user + "\"")
                        .collect(Collectors.joining(",", "[", "]"));
    }

    static Failure deleted() {
        return Failure.conflict("CHAT_MESSAGE_DELETED");
    }

    /// Its author may edit it, for five minutes, as long as it is there.
    void requireEditable(Caller caller, Instant now) {
        if (!isBy(caller) || kind != Kind.TEXT) {
            throw Failure.forbidden();
        }
        if (deletedAt != null) {
            throw deleted();
        }
        if (now.isAfter(createdAt.plus(EDIT_WINDOW))) {
            throw Failure.conflict("CHAT_EDIT_WINDOW_OVER", EDIT_WINDOW.toMinutes());
        }
    }

    /// Its author may delete it at any time, and so may the room's moderators.
    void requireDeletable(Caller caller, @Nullable RoomRole role) {
        boolean isModerator = role != null && role.isModerator();
        if (!isBy(caller) && !isModerator) {
            throw Failure.forbidden();
        }
    }

    boolean isBy(Caller caller) {
        return caller instanceof Caller.Member member && member.user().equals(author);
    }
}
