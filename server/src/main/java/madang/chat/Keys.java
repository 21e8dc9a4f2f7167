package madang.chat;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import madang.kit.Caller;
import madang.kit.Cursor;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Page;
import madang.kit.User;
import madang.kit.db.Db;
import madang.kit.db.Tx;
import madang.kit.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Public keys, by which clients encrypt for each other. The house relays them and can read nothing
/// of what they encrypt; so it refuses a key that brings its private half.
public final class Keys {
    static final int MAX_CODE_POINTS = 4_096;
    static final int MOST_READERS = 500;
    static final int MAX_ENCRYPTED_KEY = 1_024;

    private static final List<String> PRIVATE =
            List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]+={0,2}");

    private final Db db;
    private final Rooms rooms;
    private final Json json;
    private final InstantSource clock;

    Keys(Db db, Rooms rooms, Json json, InstantSource clock) {
        this.db = db;
        this.rooms = rooms;
        this.json = json;
        this.clock = clock;
    }

    /// A user's key, in the words in which he gave it.
    public record PublicKey(Id<User> user, String publicKey) {}

    /// Gives the caller this key instead of the one he had.
    public PublicKey put(Caller caller, PutKey command) {
        requirePublic(command.publicKey());
        db.run(tx ->
                tx.sql(
                                """
                                insert into chat.public_key (user_id, jwk, changed_at)
                                values (:user, :jwk, :now)
                                on conflict (user_id)
                                    do update set jwk = excluded.jwk, changed_at = excluded.changed_at
                                """)
                        .with("user", caller.user())
                        .with("jwk", command.publicKey())
                        .with("now", clock.instant())
                        .count());
        return new PublicKey(caller.user(), command.publicKey());
    }

    public PublicKey of(Id<User> user) {
        return db.read(tx ->
                        tx.sql("select user_id, jwk from chat.public_key where user_id = :user")
                                .with("user", user)
                                .first(PublicKey.class))
                .orElseThrow(() -> Failure.notFound("CHAT_KEY_NOT_FOUND"));
    }

    /// The keys of those of these users who have one.
    public Map<Id<User>, String> of(Collection<Id<User>> users) {
        return db
                .read(tx ->
                        tx.sql(
                                        "select user_id, jwk from chat.public_key where user_id = any(:users)")
                                .withIds("users", users)
                                .list(PublicKey.class))
                .stream()
                .collect(Collectors.toMap(PublicKey::user, PublicKey::publicKey));
    }

    /// The keys of a room's members who have one, for its members.
    public Page<PublicKey> ofRoom(
            Caller caller, Id<Room> room, @Nullable Id<User> after, int limit) {
        rooms.find(caller, room).requireMember();
        return Page.of(
                db.read(tx -> after(tx, room, after, limit + 1)),
                limit,
                key -> Cursor.encode(key.user()));
    }

    private static List<PublicKey> after(
            Tx tx, Id<Room> room, @Nullable Id<User> after, int limit) {
        return tx.sql(
                        """
                        select k.user_id, k.jwk from chat.member m
                        join chat.public_key k on k.user_id = m.user_id
                        where m.room_id = :room
                          and m.user_id > coalesce(:after, '00000000-0000-0000-0000-000000000000'::uuid)
                        order by m.user_id limit :limit
                        """)
                .with("room", room)
                .with("after", after)
                .with("limit", limit)
                .list(PublicKey.class);
    }

    /// The keys of a message for those who may read it, as they are kept: who encrypts nothing
    /// sends none.
    @Nullable String forReaders(@Nullable Map<String, String> encrypted) {
        if (encrypted == null) {
            return null;
        }
        boolean isGood =
                !encrypted.isEmpty()
                        && encrypted.size() <= MOST_READERS
                        && encrypted.entrySet().stream()
                                .allMatch(each -> isKeyOf(each.getKey(), each.getValue()));
        if (!isGood) {
            throw Failure.invalid("encrypted_keys", "encrypted_keys", MOST_READERS);
        }
        return new String(json.write(encrypted), StandardCharsets.UTF_8);
    }

    private static boolean isKeyOf(String user, String key) {
        return Id.parse(user) != null
                && key.length() <= MAX_ENCRYPTED_KEY
                && BASE64.matcher(key).matches();
    }

    private void requirePublic(String jwk) {
        @Nullable JsonNode tree = tree(jwk);
        boolean isPublic =
                tree != null
                        && tree.path("kty").isString()
                        && !tree.path("kty").stringValue().isBlank()
                        && PRIVATE.stream().noneMatch(tree::has);
        if (!isPublic) {
            throw Failure.invalid("public_key", "public_key");
        }
    }

    private @Nullable JsonNode tree(String jwk) {
        try {
            return json.tree(jwk.getBytes(StandardCharsets.UTF_8));
        } catch (Failure noJson) {
            return null;
        }
    }
}
