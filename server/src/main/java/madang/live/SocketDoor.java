package madang.live;

import java.util.Map;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Param;
import org.jspecify.annotations.Nullable;

/// Where sockets come in: first whose page asks (RFC 6455 §10.2), then who asks, by header or by a
/// one-time ticket; never by cookie, so that no other page can borrow a signed-in browser.
public final class SocketDoor {
    public static final Param<String> TICKET = Param.text("ticket");

    private final Origins origins;
    private final Tickets tickets;
    private final SocketUpgrade upgrade;

    /// Tickets that were handed out for one use.
    public interface Tickets {
        /// Whose ticket it was; a `Failure` where it is none, or used.
        Caller.Member redeem(String ticket);
    }

    public SocketDoor(Origins origins, Tickets tickets, SocketUpgrade upgrade) {
        this.origins = origins;
        this.tickets = tickets;
        this.upgrade = upgrade;
    }

    public ApiResponse open(ApiRequest request, SocketProtocol protocol) {
        if (!origins.allows(request.header("Origin"), request.ownOrigin())) {
            throw Failure.of(Failure.Kind.FORBIDDEN, "ORIGIN_REFUSED");
        }
        Caller.Member caller = caller(request);
        boolean isUpgraded =
                upgrade.upgrade(
                        request.jettyRequest(),
                        request.jettyResponse(),
                        request.jettyCallback(),
                        caller,
                        protocol);
        if (!isUpgraded) {
            throw Failure.of(Failure.Kind.UPGRADE_REQUIRED, "UPGRADE_REQUIRED")
                    .with(Map.of("upgrade", "websocket"));
        }
        return ApiResponse.upgraded();
    }

    private Caller.Member caller(ApiRequest request) {
        if (request.caller() instanceof Caller.Member member) {
            return member;
        }
        @Nullable String ticket = request.get(TICKET);
        if (ticket == null) {
            throw Failure.unauthenticated("AUTH_TOKEN_MISSING");
        }
        return tickets.redeem(ticket);
    }
}
