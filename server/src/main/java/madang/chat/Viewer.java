package madang.chat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import madang.chat.ChatViews.AuthorView;
import madang.chat.ChatViews.BanView;
import madang.chat.ChatViews.ChangesView;
import madang.chat.ChatViews.MemberView;
import madang.chat.ChatViews.MessageView;
import madang.chat.ChatViews.QuoteView;
import madang.chat.ChatViews.ReactedView;
import madang.chat.ChatViews.RoomView;
import madang.identity.Identity;
import madang.identity.UserView;
import madang.kit.Id;
import madang.kit.User;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Puts names to ids: asks identity once for all people on a page.
final class Viewer {
    private final Identity identity;

    Viewer(Identity identity) {
        this.identity = identity;
    }

    /// A message as everybody may see it, for one frame that serves all.
    MessageView forAll(Message message) {
        return views(List.of(message), null).getFirst();
    }

    /// Messages as this reader sees them.
    List<MessageView> views(List<Message> messages, @Nullable Id<User> reader) {
        Map<Id<User>, UserView> people = identity.people(people(messages));
        List<MessageView> views = new ArrayList<>(messages.size());
        for (Message message : messages) {
            views.add(view(message, people, reader));
        }
        return views;
    }

    List<MemberView> members(List<Member> members) {
        Map<Id<User>, UserView> people =
                identity.people(members.stream().map(Member::user).toList());
        List<MemberView> views = new ArrayList<>(members.size());
        for (Member member : members) {
            @Nullable UserView user = people.get(member.user());
            if (user != null) {
                views.add(
                        new MemberView(
                                user.id(),
                                user.username(),
                                user.nickname(),
                                user.profileImageUrl(),
                                user.isBot(),
                                member.role(),
                                member.joinedAt(),
                                member.mutedUntil()));
            }
        }
        return views;
    }

    List<ReactedView> reacted(List<MessageStore.Reacted> reacted) {
        Map<Id<User>, UserView> people =
                identity.people(reacted.stream().map(MessageStore.Reacted::user).toList());
        return reacted.stream()
                .map(each -> new ReactedView(each.emoji(), author(each.user(), people)))
                .toList();
    }

    List<BanView> bans(List<Ban> bans) {
        Map<Id<User>, UserView> people = identity.people(bans.stream().map(Ban::user).toList());
        return bans.stream().map(ban -> ban(ban, people.get(ban.user()))).toList();
    }

    private static BanView ban(Ban ban, @Nullable UserView user) {
        return new BanView(
                ban.user(),
                user == null ? null : user.nickname(),
                user == null ? null : user.profileImageUrl(),
                ban.by(),
                ban.reason(),
                ban.createdAt());
    }

    List<RoomView> rooms(List<Rooms.RoomAtAGlance> glances, Id<User> reader) {
        List<Message> last =
                glances.stream()
                        .flatMap(glance -> Optional.ofNullable(glance.lastMessage()).stream())
                        .toList();
        Map<Id<Room>, MessageView> shown = new HashMap<>();
        views(last, reader).forEach(message -> shown.put(message.room(), message));
        Map<Id<User>, UserView> peers =
                identity.people(
                        glances.stream()
                                .flatMap(glance ->
                                        Optional.ofNullable(glance.room().peer()).stream())
                                .toList());
        return glances.stream().map(glance -> room(glance, peers, shown)).toList();
    }

    RoomView room(Rooms.RoomAtAGlance glance, Id<User> reader) {
        return rooms(List.of(glance), reader).getFirst();
    }

    private static RoomView room(
            Rooms.RoomAtAGlance glance,
            Map<Id<User>, UserView> peers,
            Map<Id<Room>, MessageView> last) {
        Room room = glance.room();
        return new RoomView(
                room.id(),
                room.name(),
                room.description(),
                room.type(),
                room.isDefault(),
                room.hasPassword(),
                room.maxMembers(),
                room.slowModeSeconds(),
                room.peer() == null ? null : peers.get(room.peer()),
                room.createdBy(),
                room.myRole(),
                glance.mutedUntil(),
                room.memberCount(),
                glance.lastSeq(),
                glance.readSeq(),
                glance.unread(),
                glance.unreadMentions(),
                last.get(room.id()),
                room.createdAt());
    }

    ChangesView changes(Chat.CatchUp changes, Id<User> reader) {
        List<MessageView> views = views(changes.messages(), reader);
        return changes.isReset()
                ? new ChangesView(null, true, views, changes.lastSeq())
                : new ChangesView(views, null, null, changes.lastSeq());
    }

    private static Set<Id<User>> people(List<Message> messages) {
        Set<Id<User>> people = new HashSet<>();
        for (Message message : messages) {
            if (message.author() != null) {
                people.add(message.author());
            }
            if (message.replyTo() != null && message.replyTo().author() != null) {
                people.add(message.replyTo().author());
            }
        }
        return people;
    }

    private static MessageView view(
            Message message, Map<Id<User>, UserView> people, @Nullable Id<User> reader) {
        boolean isMine = reader != null && reader.equals(message.author());
        Message.Extras extras = message.extras();
        return new MessageView(
                message.id(),
                message.room(),
                message.seq(),
                message.changedSeq(),
                message.kind(),
                author(message.author(), people),
                message.text(),
                quote(message.replyTo(), people),
                message.notice(),
                isMine ? message.clientKey() : null,
                message.createdAt(),
                message.editedAt(),
                message.deletedAt(),
                message.pinnedAt(),
                message.thread(),
                message.replies(),
                listOrEmpty(extras.mentions()),
                listOrEmpty(extras.reactions()),
                extras.file(),
                extras.preview(),
                extras.encryptedKeys());
    }

    /// The message in a push: what `forAll` made of it, the other way round.
    Message told(JsonNode push) {
        return new Message(
                id(push, "room"),
                push.path("seq").asLong(),
                push.path("changed_seq").asLong(),
                id(push, "id"),
                Message.Kind.valueOf(push.path("kind").asString().toUpperCase(Locale.ROOT)),
                idOrNull(push.path("author"), "id"),
                text(push, "text"),
                raw(push, "notice"),
                "",
                Instant.parse(push.path("created_at").asString()),
                time(push, "edited_at"),
                time(push, "deleted_at"),
                time(push, "pinned_at"),
                idOrNull(push, "thread"),
                push.path("replies").asInt(),
                new Message.Extras(
                        raw(push, "mentions"),
                        raw(push, "reactions"),
                        raw(push, "file"),
                        raw(push, "preview"),
                        raw(push, "encrypted_keys")),
                quote(push.path("reply_to")));
    }

    private static Message.@Nullable Quote quote(JsonNode quote) {
        return quote.isObject()
                ? new Message.Quote(
                        id(quote, "id"),
                        quote.path("seq").asLong(),
                        idOrNull(quote.path("author"), "id"),
                        text(quote, "text"))
                : null;
    }

    private static <T> Id<T> id(JsonNode push, String name) {
        return Objects.requireNonNull(Viewer.<T>idOrNull(push, name), name);
    }

    private static <T> @Nullable Id<T> idOrNull(JsonNode push, String name) {
        return Id.parse(text(push, name));
    }

    private static @Nullable Instant time(JsonNode push, String name) {
        @Nullable String text = text(push, name);
        return text == null ? null : Instant.parse(text);
    }

    private static @Nullable String text(JsonNode push, String name) {
        return push.path(name).isString() ? push.path(name).stringValue() : null;
    }

    private static @Nullable String raw(JsonNode push, String name) {
        return push.hasNonNull(name) ? push.get(name).toString() : null;
    }

    private static String listOrEmpty(@Nullable String json) {
        return json == null ? "[]" : json;
    }

    private static @Nullable QuoteView quote(
            Message.@Nullable Quote quoted, Map<Id<User>, UserView> people) {
        return quoted == null
                ? null
                : new QuoteView(
                        quoted.id(), quoted.seq(), author(quoted.author(), people), quoted.text());
    }

    private static @Nullable AuthorView author(
            @Nullable Id<User> id, Map<Id<User>, UserView> people) {
        @Nullable UserView user = id == null ? null : people.get(id);
        return user == null ? null : AuthorView.of(user);
    }
}
