package madang.dialect.woongkie;

import java.util.Map;
import java.util.function.Supplier;
import madang.chat.Room;
import madang.identity.DialectTokens;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Param;
import madang.kit.http.Routes;
import madang.live.SocketUpgrade;
import org.jspecify.annotations.Nullable;

/// Where this dialect's sockets come in. Everything that can be refused is refused before the
/// upgrade, in JSON: a foreign page, a bad token, a room that is not there, one socket too many.
final class SocketApi {
    private static final Param<String> TOKEN = Param.text("token");

    private final DialectTokens tokens;
    private final Allowed allowed;
    private final SocketUpgrade upgrade;
    private final RoomSocket.Parts parts;
    private final Seats seats;
    private final boolean takesQueryToken;

    SocketApi(
            DialectTokens tokens,
            Allowed allowed,
            SocketUpgrade upgrade,
            RoomSocket.Parts parts,
            WoongkieSettings settings) {
        this.tokens = tokens;
        this.allowed = allowed;
        this.upgrade = upgrade;
        this.parts = parts;
        this.seats = new Seats(settings.sockets());
        this.takesQueryToken = settings.queryToken();
    }

    void routes(Routes everywhere, Routes own, Supplier<Id<Room>> defaultRoom) {
        everywhere
                .get(
                        "/rooms/{room}/ws",
                        Access.PUBLIC,
                        WoongkieFace.GENERAL,
                        request -> open(request, parts.entrance().id(request)))
                .summary("The room's WebSocket")
                .takes(TOKEN);
        own.get(
                        "/server",
                        Access.PUBLIC,
                        WoongkieFace.GENERAL,
                        request -> open(request, defaultRoom.get()))
                .summary("The default room's WebSocket, at its old address")
                .takes(TOKEN);
    }

    private ApiResponse open(ApiRequest request, Id<Room> id) {
        Caller.Member caller = caller(request);
        if (!allowed.page(request.header("Origin"), request.ownOrigin())) {
            throw Words.no("foreign_origin");
        }
        Room room = parts.entrance().room(caller, id);
        Seats.@Nullable Seat seat = seats.take(request.address());
        if (seat == null) {
            throw Words.no("too_many_sockets").with(Map.of("retry_after", 1L));
        }
        return upgraded(request, caller, new RoomSocket(room.id(), parts, seat), seat);
    }

    private ApiResponse upgraded(
            ApiRequest request, Caller.Member caller, RoomSocket socket, Seats.Seat seat) {
        boolean isUpgraded = false;
        try {
            isUpgraded =
                    upgrade.upgrade(
                            request.jettyRequest(),
                            request.jettyResponse(),
                            request.jettyCallback(),
                            caller,
                            socket);
        } finally {
            if (!isUpgraded) {
                seat.leave();
            }
        }
        if (!isUpgraded) {
            throw Failure.of(Failure.Kind.UPGRADE_REQUIRED, "UPGRADE_REQUIRED");
        }
        return ApiResponse.upgraded();
    }

    private Caller.Member caller(ApiRequest request) {
        @Nullable String token = WoongkieFace.token(request);
        if (token == null && takesQueryToken) {
            token = request.get(TOKEN);
        }
        if (token == null || token.isEmpty()) {
            throw Failure.unauthenticated("AUTH_TOKEN_MISSING");
        }
        return tokens.read(token);
    }
}
