package madang.dialect.woongkie;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import madang.chat.Keys;
import madang.chat.PutKey;
import madang.chat.Room;
import madang.dialect.woongkie.Views.DoneJson;
import madang.identity.Identity;
import madang.identity.UserView;
import madang.kit.Cursor;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Page;
import madang.kit.User;
import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Routes;
import org.jspecify.annotations.Nullable;

/// Public keys of those who encrypt for each other.
final class KeyApi {
    private static final int MAX_KEY = 4_096;
    private static final int PAGE = 100;

    record NewKey(@Nullable String publicKey) {}

    record KeyJson(String username, String publicKey) {}

    record KeysJson(Map<String, String> keys) {}

    private final Keys keys;
    private final Identity identity;
    private final Entrance entrance;
    private final Translator translator;
    private final Words words;

    KeyApi(Keys keys, Identity identity, Entrance entrance, Translator translator, Words words) {
        this.keys = keys;
        this.identity = identity;
        this.entrance = entrance;
        this.translator = translator;
        this.words = words;
    }

    void routes(Routes own) {
        own.put("/crypto/keys", Access.USER, WoongkieFace.GENERAL, NewKey.class, this::put)
                .summary("Give my public key")
                .answers(200, DoneJson.class);
        own.get("/crypto/keys/{username}", Access.USER, WoongkieFace.GENERAL, this::show)
                .summary("Somebody's public key")
                .answers(200, KeyJson.class);
        own.get("/rooms/{room}/keys", Access.USER, WoongkieFace.GENERAL, this::ofRoom)
                .summary("The public keys of a room's members")
                .answers(200, KeysJson.class);
    }

    private ApiResponse put(ApiRequest request, NewKey command) {
        String key = command.publicKey() == null ? "" : command.publicKey();
        if (key.isEmpty() || key.length() > MAX_KEY) {
            throw Words.no("key_form");
        }
        try {
            keys.put(request.caller(), new PutKey(key));
        } catch (Failure refused) {
            throw refused.kind() == Failure.Kind.INVALID ? Words.no("key_form") : refused;
        }
        return ApiResponse.ok(new DoneJson(words.say("done.key_kept")));
    }

    private ApiResponse show(ApiRequest request) {
        UserView user =
                translator
                        .named(request.place("username"))
                        .orElseThrow(() -> Failure.notFound("USER_NOT_FOUND"));
        return ApiResponse.ok(new KeyJson(Translator.name(user), keys.of(user.id()).publicKey()));
    }

    private ApiResponse ofRoom(ApiRequest request) {
        Room room = entrance.room(request);
        Map<Id<User>, String> found = new LinkedHashMap<>();
        @Nullable Id<User> after = null;
        do {
            Page<Keys.PublicKey> page = page(request, room, after);
            page.items().forEach(key -> found.put(key.user(), key.publicKey()));
            @Nullable Cursor next = Cursor.of(page.nextCursor());
            after = next == null ? null : next.id(0);
        } while (after != null);
        Map<Id<User>, UserView> people = identity.people(List.copyOf(found.keySet()));
        Map<String, String> byName = new LinkedHashMap<>();
        found.forEach((user, key) -> byName.put(Translator.name(user, people), key));
        return ApiResponse.ok(new KeysJson(byName));
    }

    private Page<Keys.PublicKey> page(ApiRequest request, Room room, @Nullable Id<User> after) {
        return Words.orForbidden(
                "members_only", () -> keys.ofRoom(request.caller(), room.id(), after, PAGE));
    }
}
