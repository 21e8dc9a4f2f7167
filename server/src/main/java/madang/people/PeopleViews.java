package madang.people;

import java.time.Instant;
import java.util.Locale;
import madang.identity.UserView;
import madang.kit.Id;
import madang.kit.User;
import org.jspecify.annotations.Nullable;

/// What people are shown of each other; the names of the components are the names of the members.
public final class PeopleViews {

    /// A friend, and since when.
    public record FriendView(
            Id<User> id,
            @Nullable String username,
            String nickname,
            @Nullable String profileImageUrl,
            @Nullable String statusMessage,
            boolean online,
            Instant since) {
        static FriendView of(UserView user, boolean isOnline, Instant since) {
            return new FriendView(
                    user.id(),
                    user.username(),
                    user.nickname(),
                    user.profileImageUrl(),
                    user.statusMessage(),
                    isOnline,
                    since);
        }
    }

    /// A request between the reader and this user. `accepted` where both had asked.
    public record FriendRequestView(
            UserView user, Direction direction, Status status, Instant createdAt) {}

    /// Which way a request goes, as the reader sees it.
    public enum Direction {
        INCOMING,
        OUTGOING;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public enum Status {
        PENDING,
        ACCEPTED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What is between the reader and somebody.
    public enum Relation {
        SELF,
        FRIEND,
        /// The reader has asked him.
        REQUESTED,
        /// He has asked the reader.
        ASKED,
        BLOCKED,
        NONE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Somebody as the reader may know him. `online` is null where that is not the reader's
    /// business.
    public record ProfileView(
            Id<User> id,
            @Nullable String username,
            String nickname,
            @Nullable String profileImageUrl,
            @Nullable String statusMessage,
            boolean isBot,
            @Nullable Boolean online,
            Relation relation) {}

    /// Pushed to the sockets of the reader, on all of his devices: what is between him and this
    /// user from now on, as far as he may know.
    record RelationChanged(Id<User> user, Relation relation) {}

    private PeopleViews() {}
}
