package madang.dialect.woongkie;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_DEFAULT;
import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The JSON of this dialect. Beside the original's names stand those that one of its clients reads
/// and the original never sent.
final class Views {

    /// `bio` is `status_message` and `avatar` is `avatar_url` by another name. The role and the
    /// public key are shown to oneself and to administrators.
    record UserJson(
            String id,
            String username,
            String displayName,
            String avatarUrl,
            String statusMessage,
            @JsonInclude(NON_NULL) @Nullable String role,
            @JsonInclude(NON_NULL) @Nullable String publicKey,
            Instant createdAt,
            String bio,
            String avatar) {}

    record SignedInJson(String token, UserJson user) {}

    record TokenJson(String token) {}

    record RoomJson(
            String id,
            String name,
            String description,
            boolean isPublic,
            int maxMembers,
            String createdBy,
            Instant createdAt,
            boolean isDefault,
            int memberCount,
            List<String> onlineMembers,
            boolean hasPassword) {}

    record RoomsJson(List<RoomJson> rooms) {}

    record MessageJson(
            String id,
            Instant createdAt,
            @JsonInclude(NON_NULL) @Nullable Instant editedAt,
            String roomId,
            @JsonInclude(NON_NULL) @Nullable String event,
            String user,
            String message,
            @JsonInclude(NON_NULL) @Nullable String replyTo,
            @JsonInclude(NON_DEFAULT) boolean isDeleted,
            @JsonInclude(NON_DEFAULT) boolean encrypted,
            @JsonInclude(NON_NULL) @Nullable Map<String, String> encryptedKeys,
            boolean isEdited,
            @JsonInclude(NON_NULL) @Nullable Instant updatedAt,
            String displayName,
            @JsonInclude(NON_NULL) @Nullable String replyToMessage,
            @JsonInclude(NON_NULL) @Nullable String replyToUser,
            @JsonInclude(NON_NULL) @Nullable String fileUrl) {}

    record MessagesJson(List<MessageJson> messages, boolean hasMore) {}

    /// What was done.
    record DoneJson(String message) {}

    private Views() {}
}
