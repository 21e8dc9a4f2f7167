package madang.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import madang.files.StoredFile;
import madang.identity.UserView;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.json.Written;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonSerialize;

/// What chat shows on the wire; the names of the components are the names of the members.
public final class ChatViews {

    /// Who said something.
    public record AuthorView(
            Id<User> id, String nickname, @Nullable String profileImageUrl, boolean isBot) {
        static AuthorView of(UserView user) {
            return new AuthorView(user.id(), user.nickname(), user.profileImageUrl(), user.isBot());
        }
    }

    /// What a reply quotes; a deleted message is quoted without its text.
    public record QuoteView(
            Id<Message> id, long seq, @Nullable AuthorView author, @Nullable String text) {}

    /// One way in which people reacted: everybody is counted, the first hundred are named.
    public record ReactionView(String emoji, int count, List<Id<User>> users) {}

    /// Somebody who reacted.
    public record ReactedView(String emoji, @Nullable AuthorView user) {}

    /// A file that a message shows; kept with the message as readers see it.
    public record FileView(
            Id<StoredFile> id,
            String name,
            String mimeType,
            long size,
            @Nullable Integer width,
            @Nullable Integer height,
            boolean hasThumbnail) {
        static FileView of(StoredFile file) {
            return new FileView(
                    file.id(),
                    file.name(),
                    file.type().mimeType(),
                    file.size(),
                    file.width(),
                    file.height(),
                    file.hasThumbnail());
        }
    }

    /// What happened in a room, for the reader's client to put into words.
    public record NoticeView(String code, Map<String, String> args) {}

    /// A message. `client_key` is shown to its author alone. What comes out of the store as JSON is
    /// shown as it is.
    @JsonSerialize(using = MessageJson.class)
    public record MessageView(
            Id<Message> id,
            Id<Room> room,
            long seq,
            long changedSeq,
            Message.Kind kind,
            @Nullable AuthorView author,
            @Nullable String text,
            @Nullable QuoteView replyTo,
            @JsonRawValue @Nullable @Written(as = NoticeView.class) String notice,
            @Nullable String clientKey,
            Instant createdAt,
            @Nullable Instant editedAt,
            @Nullable Instant deletedAt,
            @Nullable Instant pinnedAt,
            @Nullable Id<Message> thread,
            int replies,
            @JsonRawValue @Written(as = Id.class, isList = true) String mentions,
            @JsonRawValue @Written(as = ReactionView.class, isList = true) String reactions,
            @JsonRawValue @Nullable @Written(as = FileView.class) String file,
            @JsonRawValue @Nullable @Written(as = LinkPreview.class) String preview,
            @JsonRawValue @Nullable @Written(as = Map.class) String encryptedKeys) {}

    /// A room as its reader finds it. A direct room has no name, but the other one in it (`peer`).
    /// `muted_until` is the reader's own. 0 is no bound and no slow mode.
    public record RoomView(
            Id<Room> id,
            String name,
            String description,
            RoomType type,
            boolean isDefault,
            boolean hasPassword,
            int maxMembers,
            int slowModeSeconds,
            @Nullable UserView peer,
            @Nullable Id<User> createdBy,
            @Nullable RoomRole myRole,
            @Nullable Instant mutedUntil,
            int memberCount,
            long lastSeq,
            long readSeq,
            int unread,
            int unreadMentions,
            @Nullable MessageView lastMessage,
            Instant createdAt) {}

    public record MemberView(
            Id<User> id,
            @Nullable String username,
            String nickname,
            @Nullable String profileImageUrl,
            boolean isBot,
            RoomRole role,
            Instant joinedAt,
            @Nullable Instant mutedUntil) {}

    /// Somebody who may not come in. Who is gone has no name.
    public record BanView(
            Id<User> id,
            @Nullable String nickname,
            @Nullable String profileImageUrl,
            Id<User> by,
            @Nullable String reason,
            Instant createdAt) {}

    /// How far a member has read.
    public record MarkerView(Id<User> user, long seq) {}

    /// What changed after a place in the log; or, too far behind, the newest page and `reset`.
    public record ChangesView(
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<MessageView> changes,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean reset,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<MessageView> items,
            long lastSeq) {}

    /// A room opened on a socket: where its log ends, who is there, and what was missed.
    public record OpenedView(
            Id<Room> room,
            long lastSeq,
            long readSeq,
            int unread,
            List<Id<User>> online,
            int onlineCount,
            @Nullable RoomRole myRole,
            @Nullable Instant mutedUntil,
            int slowModeSeconds,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<MessageView> changes,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean reset,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<MessageView> items) {}

    public record ReadView(long readSeq, int unread) {}

    private ChatViews() {}
}
