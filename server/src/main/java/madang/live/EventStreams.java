package madang.live;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Ids;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import org.jspecify.annotations.Nullable;

/// Sockets for peers whose way lets none through: what they are told comes as server-sent events,
/// what they say by POST, and is answered among the events. To everybody else each is a
/// `LiveSocket` like any other: the same methods, the same bounds, the same end.
///
/// What is different: nobody answers a ping for the peer, so it has to say something, if only
/// `ping`, once within 59 seconds.
public final class EventStreams {
    private final LiveHub hub;
    private final Ids ids;
    private final Map<Id<LiveSocket>, EventStream> streams = new ConcurrentHashMap<>();

    public EventStreams(LiveHub hub, Ids ids) {
        this.hub = hub;
        this.ids = ids;
    }

    /// How many are open.
    public int count() {
        return streams.size();
    }

    ApiResponse open(ApiRequest request, Caller.Member caller, SocketProtocol protocol) {
        return ApiResponse.stream("text/event-stream", () -> begin(request, caller, protocol))
                .header("X-Accel-Buffering", "no");
    }

    private void begin(ApiRequest request, Caller.Member caller, SocketProtocol protocol) {
        EventStream stream =
                new EventStream(
                        request,
                        link -> new LiveSocket(ids.next(), caller, protocol, hub, link),
                        over -> streams.remove(over.id()));
        streams.put(stream.socket().id(), stream);
        stream.begin();
    }

    /// Takes what the peer of a stream says; strangers find no such stream.
    ApiResponse hear(Id<LiveSocket> id, Caller.Member caller, byte[] text) {
        if (text.length > Wire.MAX_MESSAGE_BYTES) {
            throw Failure.of(Failure.Kind.TOO_LARGE, "PAYLOAD_TOO_LARGE", Wire.MAX_MESSAGE_BYTES);
        }
        @Nullable EventStream stream = streams.get(id);
        if (stream == null || !isPeer(stream.socket(), caller)) {
            throw notFound();
        }
        if (!stream.hear(text)) {
            throw Failure.of(Failure.Kind.RATE_LIMITED, "RATE_LIMIT_EXCEEDED", 1L)
                    .with(Map.of("retry_after", 1L));
        }
        return ApiResponse.of(202, null);
    }

    static Failure notFound() {
        return Failure.notFound("STREAM_NOT_FOUND");
    }

    private static boolean isPeer(LiveSocket socket, Caller.Member caller) {
        return socket.isOpen() && socket.caller().session().equals(caller.session());
    }
}
