package madang.dialect.woongkie;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import madang.chat.Hearing;
import madang.chat.Keys;
import madang.chat.Message;
import madang.chat.Room;
import madang.chat.RoomType;
import madang.chat.Rooms;
import madang.dialect.woongkie.Views.MessageJson;
import madang.dialect.woongkie.Views.RoomJson;
import madang.dialect.woongkie.Views.UserJson;
import madang.files.StoredFile;
import madang.identity.Administration;
import madang.identity.Identity;
import madang.identity.Me;
import madang.identity.UserView;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Puts what features answer into the words of this dialect: above all, names for ids. Asks
/// identity once for everybody on a page.
final class Translator {
    static final String SYSTEM = "system";
    static final String FILES = "/files/";
    private static final int MOST_KEYS = 500;
    private static final String DEFAULT_ROOM = "기본 채팅방";
    private static final String NOTICE = "[공지] ";

    private final Identity identity;
    private final Rooms rooms;
    private final Hearing hearing;
    private final Keys keys;
    private final Json json;

    Translator(Identity identity, Rooms rooms, Hearing hearing, Keys keys, Json json) {
        this.identity = identity;
        this.rooms = rooms;
        this.hearing = hearing;
        this.keys = keys;
        this.json = json;
    }

    UserJson me(Me me) {
        return account(new Administration.Listed(me, false));
    }

    /// Somebody as administrators see him.
    UserJson account(Administration.Listed listed) {
        return account(listed, keys.of(List.of(listed.account().id())));
    }

    List<UserJson> accounts(List<Administration.Listed> accounts) {
        Map<Id<User>, String> known =
                keys.of(accounts.stream().map(listed -> listed.account().id()).toList());
        return accounts.stream().map(listed -> account(listed, known)).toList();
    }

    private static UserJson account(Administration.Listed listed, Map<Id<User>, String> keys) {
        Me me = listed.account();
        return new UserJson(
                me.id().toString(),
                name(me.id(), me.username()),
                me.nickname(),
                orEmpty(me.profileImageUrl()),
                orEmpty(me.statusMessage()),
                listed.isSuspended() ? "blocked" : me.role().isAdmin() ? "admin" : "user",
                keys.get(me.id()),
                me.createdAt(),
                orEmpty(me.statusMessage()),
                orEmpty(me.profileImageUrl()));
    }

    UserJson user(UserView user) {
        return new UserJson(
                user.id().toString(),
                name(user),
                user.nickname(),
                orEmpty(user.profileImageUrl()),
                orEmpty(user.statusMessage()),
                null,
                null,
                bornAt(user.id()),
                orEmpty(user.statusMessage()),
                orEmpty(user.profileImageUrl()));
    }

    List<RoomJson> rooms(List<Room> shown) {
        List<Id<Room>> ids = shown.stream().map(Room::id).toList();
        Map<Id<Room>, List<Id<User>>> online = hearing.online(ids);
        Map<Id<Room>, Id<User>> owners = rooms.owners(ids);
        Set<Id<User>> people = new HashSet<>(owners.values());
        online.values().forEach(people::addAll);
        Map<Id<User>, UserView> known = identity.people(people);
        return shown.stream()
                .map(room ->
                        room(
                                room,
                                owners.get(room.id()),
                                online.getOrDefault(room.id(), List.of()),
                                known))
                .toList();
    }

    RoomJson room(Room room) {
        return rooms(List.of(room)).getFirst();
    }

    /// To its clients whoever owns a room has created it; and of a room that is no secret but has a
    /// password, the older one asks for that only where it is told that the room is not public.
    private static RoomJson room(
            Room room,
            @Nullable Id<User> owner,
            List<Id<User>> online,
            Map<Id<User>, UserView> people) {
        return new RoomJson(
                room.id().toString(),
                room.name(),
                room.isDefault() && room.description().isEmpty()
                        ? DEFAULT_ROOM
                        : room.description(),
                room.type() == RoomType.PUBLIC && !room.hasPassword(),
                room.maxMembers(),
                owner == null ? SYSTEM : name(owner, people),
                room.createdAt(),
                room.isDefault(),
                room.memberCount(),
                online.stream().map(id -> name(id, people)).toList(),
                room.hasPassword());
    }

    List<MessageJson> messages(List<Message> messages) {
        Map<Id<User>, UserView> people = identity.people(people(messages));
        return messages.stream().map(message -> message(message, people)).toList();
    }

    MessageJson message(Message message) {
        return messages(List.of(message)).getFirst();
    }

    private MessageJson message(Message message, Map<Id<User>, UserView> people) {
        @Nullable UserView author = message.author() == null ? null : people.get(message.author());
        @Nullable String file = fileUrl(message);
        Message.@Nullable Quote quote = message.replyTo();
        return new MessageJson(
                message.id().toString(),
                message.createdAt(),
                message.editedAt(),
                message.room().toString(),
                event(message),
                author(message, people),
                text(message, file),
                quote == null ? null : quote.id().toString(),
                message.deletedAt() != null,
                message.extras().encryptedKeys() != null,
                encryptedKeys(message),
                message.editedAt() != null,
                message.editedAt(),
                author == null ? author(message, people) : author.nickname(),
                quote == null ? null : orEmpty(quote.text()),
                quote == null || quote.author() == null ? null : name(quote.author(), people),
                file);
    }

    /// By which name this dialect knows a user: the username; who has none, by his id.
    static String name(UserView user) {
        return name(user.id(), user.username());
    }

    static String name(Id<User> id, Map<Id<User>, UserView> people) {
        @Nullable UserView user = people.get(id);
        return user == null ? id.toString() : name(user);
    }

    String name(Id<User> id) {
        return name(id, identity.people(List.of(id)));
    }

    private static String name(Id<User> id, @Nullable String username) {
        return username == null ? id.toString() : username;
    }

    /// Whom a name of this dialect means.
    Optional<UserView> named(String name) {
        @Nullable Id<User> id = Id.parse(name);
        return id == null
                ? identity.byUsername(name)
                : Optional.ofNullable(identity.people(List.of(id)).get(id));
    }

    private static String author(Message message, Map<Id<User>, UserView> people) {
        return message.author() == null || message.kind() == Message.Kind.SYSTEM
                ? SYSTEM
                : name(message.author(), people);
    }

    private static @Nullable String event(Message message) {
        return switch (message.kind()) {
            case TEXT, NOTICE -> null;
            case FILE, IMAGE -> "MSG_FILE";
            case SYSTEM -> "ANNOUNCE";
        };
    }

    private static String text(Message message, @Nullable String file) {
        String text = orEmpty(message.text());
        return switch (message.kind()) {
            case TEXT, NOTICE -> text;
            case FILE, IMAGE -> file == null ? "" : file;
            case SYSTEM -> text.startsWith(NOTICE) ? text : NOTICE + text;
        };
    }

    private @Nullable String fileUrl(Message message) {
        return message.extras().file() == null ? null : FILES + file(message);
    }

    /// The file that a message shows.
    Id<StoredFile> file(Message message) {
        String file = Objects.requireNonNull(message.extras().file());
        Id<StoredFile> id = Id.parse(tree(file).path("id").asString());
        return Objects.requireNonNull(id);
    }

    /// Keys by user, of a JSON text that has them by name; null where it is none. Names that nobody
    /// has are left out.
    @Nullable Map<String, String> keysByUser(String byName) {
        JsonNode names;
        try {
            names = tree(byName);
        } catch (Failure malformed) {
            return null;
        }
        if (!names.isObject() || names.isEmpty() || names.size() > MOST_KEYS) {
            return null;
        }
        Map<String, Id<User>> users = identity.named(names.propertyNames());
        Map<String, String> byUser = new HashMap<>();
        users.forEach((name, id) -> byUser.put(id.toString(), names.path(name).asString("")));
        return byUser.isEmpty() ? null : byUser;
    }

    private @Nullable Map<String, String> encryptedKeys(Message message) {
        @Nullable String written = message.extras().encryptedKeys();
        return written == null ? null : keysByName(tree(written));
    }

    private Map<String, String> keysByName(JsonNode byId) {
        Map<Id<User>, String> byUser = new LinkedHashMap<>();
        byId.forEachEntry((id, key) -> {
            Id<User> user = Id.parse(id);
            if (user != null) {
                byUser.put(user, key.asString());
            }
        });
        Map<Id<User>, UserView> people = identity.people(byUser.keySet());
        Map<String, String> byName = new HashMap<>();
        byUser.forEach((user, key) -> byName.put(name(user, people), key));
        return byName;
    }

    private JsonNode tree(String own) {
        return json.tree(own.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static Collection<Id<User>> people(List<Message> messages) {
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

    /// A UUIDv7 tells when it was made.
    private static Instant bornAt(Id<?> id) {
        return Instant.ofEpochMilli(id.value().getMostSignificantBits() >>> 16);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
