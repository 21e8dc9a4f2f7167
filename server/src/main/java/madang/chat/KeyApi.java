package madang.chat;

import static madang.chat.RoomApi.room;

import madang.kit.Cursor;
import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Limit;
import madang.kit.http.Param;
import madang.kit.http.Routes;
import org.jspecify.annotations.Nullable;

/// Public keys, over HTTP.
final class KeyApi {
    private final Keys keys;

    KeyApi(Keys keys) {
        this.keys = keys;
    }

    void routes(Routes routes) {
        routes.put("/api/v1/chat/keys", Access.USER, Limit.API, PutKey.class, this::put)
                .summary("Give my public key")
                .answers(200, Keys.PublicKey.class);
        routes.get("/api/v1/chat/keys/{user}", Access.USER, Limit.API, this::show)
                .summary("Somebody's public key")
                .answers(200, Keys.PublicKey.class);
        routes.get("/api/v1/chat/rooms/{room}/keys", Access.USER, Limit.API, this::list)
                .summary("The public keys of a room's members")
                .answersPage(Keys.PublicKey.class);
    }

    private ApiResponse put(ApiRequest request, PutKey command) {
        return ApiResponse.ok(keys.put(request.caller(), command));
    }

    private ApiResponse show(ApiRequest request) {
        return ApiResponse.ok(keys.of(request.id("user", "CHAT_KEY_NOT_FOUND")));
    }

    private ApiResponse list(ApiRequest request) {
        @Nullable Cursor cursor = Cursor.of(request.get(Param.CURSOR));
        return ApiResponse.ok(
                keys.ofRoom(
                        request.caller(),
                        room(request),
                        cursor == null ? null : cursor.id(0),
                        request.require(Param.LIMIT)));
    }
}
