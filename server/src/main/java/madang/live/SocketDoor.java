package madang.live;

import java.util.Map;
import java.util.function.Function;
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
    private final EventStreams streams;

    /// Tickets that were handed out for one use.
    public interface Tickets {
        /// Whose ticket it was; a `Failure` where it is none, or used.
        Caller.Member redeem(String ticket);
    }

    public SocketDoor(
            Origins origins, Tickets tickets, SocketUpgrade upgrade, EventStreams streams) {
        this.origins = origins;
        this.tickets = tickets;
        this.upgrade = upgrade;
        this.streams = streams;
    }

    public ApiResponse open(ApiRequest request, SocketProtocol protocol) {
        return open(request, _ -> protocol);
    }

    /// The same where it depends on who asks what is spoken, or whether anything is: a refusal
    /// comes before the upgrade.
    public ApiResponse open(
            ApiRequest request, Function<Caller.Member, SocketProtocol> protocolFor) {
        Caller.Member caller = admitted(request);
        SocketProtocol protocol = protocolFor.apply(caller);
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

    /// The same for who cannot have a socket: an event stream that answers to this protocol.
    public ApiResponse stream(ApiRequest request, SocketProtocol protocol) {
        return streams.open(request, admitted(request), protocol);
    }

    /// What the peer of an event stream says on it.
    public ApiResponse hear(ApiRequest request) {
        return streams.hear(
                request.id("stream", "STREAM_NOT_FOUND"),
                (Caller.Member) request.caller(),
                request.bytes());
    }

    private Caller.Member admitted(ApiRequest request) {
        if (!origins.allows(request.header("Origin"), request.ownOrigin())) {
            throw Failure.of(Failure.Kind.FORBIDDEN, "ORIGIN_REFUSED");
        }
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
