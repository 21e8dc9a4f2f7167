package madang.events;

import madang.chat.ChatFeature;
import madang.kit.Caller;
import madang.kit.Id;
import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Limit;
import madang.kit.http.Param;
import madang.kit.http.Routes;
import madang.live.SocketDoor;
import madang.live.SocketMethods;
import madang.live.SocketProtocol;
import org.jspecify.annotations.Nullable;

/// An event's chat under the event's own name. It is chat's own; only which room is meant, and who
/// may come in, is said here.
final class EventTalk {
    private static final Param<String> EVENT = Param.text("event_id");
    private static final Param<Long> AFTER = Param.position("after");

    private final Events events;
    private final ChatFeature chat;

    EventTalk(Events events, ChatFeature chat) {
        this.events = events;
        this.chat = chat;
    }

    void routes(Routes routes, SocketDoor door, SocketMethods methods) {
        chat.messages(
                routes,
                "/api/v1/events/{event}/messages",
                request -> events.room(request.caller(), EventApi.event(request)));
        routes.get("/api/v1/ws", Access.PUBLIC, Limit.API, request -> open(request, door, methods))
                .summary("The chat of one event on a WebSocket, which hears it from the start")
                .takes(EVENT, AFTER, SocketDoor.TICKET);
    }

    private ApiResponse open(ApiRequest request, SocketDoor door, SocketMethods methods) {
        return door.open(request, caller -> protocol(caller, request, methods));
    }

    private SocketProtocol protocol(
            Caller.Member caller, ApiRequest request, SocketMethods methods) {
        @Nullable Id<Event> event = Id.parse(request.get(EVENT));
        if (event == null) {
            throw Event.notFound();
        }
        return chat.socketAbout(events.room(caller, event), request.get(AFTER), methods);
    }
}
