package madang.chat;

import madang.chat.ChatViews.RoomView;
import madang.kit.Cursor;
import madang.kit.Id;
import madang.kit.Page;
import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Limit;
import madang.kit.http.Param;
import madang.kit.http.Routes;
import org.jspecify.annotations.Nullable;

/// Rooms over HTTP.
final class RoomApi {
    enum Scope {
        MINE,
        PUBLIC
    }

    private static final Param<Scope> SCOPE = Param.choice("scope", Scope.class, Scope.MINE);

    private final Rooms rooms;
    private final Viewer viewer;

    RoomApi(Rooms rooms, Viewer viewer) {
        this.rooms = rooms;
        this.viewer = viewer;
    }

    void routes(Routes routes) {
        routes.post("/api/v1/chat/rooms", Access.USER, Limit.API, CreateRoom.class, this::create)
                .summary("Open a room")
                .outside()
                .answers(201, RoomView.class);
        routes.get("/api/v1/chat/rooms", Access.USER, Limit.API, this::list)
                .summary("My rooms by last activity, or public rooms by name")
                .takes(SCOPE)
                .answersPage(RoomView.class);
        routes.get("/api/v1/chat/rooms/{room}", Access.USER, Limit.API, this::show)
                .summary("One room")
                .answers(200, RoomView.class);
        routes.patch(
                        "/api/v1/chat/rooms/{room}",
                        Access.USER,
                        Limit.API,
                        ChangeRoom.class,
                        this::change)
                .summary("Change a room: name, description, type, password, bounds")
                .outside()
                .answers(200, RoomView.class);
        routes.delete("/api/v1/chat/rooms/{room}", Access.USER, Limit.API, this::delete)
                .summary("Delete a room");
        routes.post("/api/v1/chat/directs", Access.USER, Limit.API, OpenDirect.class, this::direct)
                .summary("The room in which I talk with somebody alone; with myself, my notes")
                .answers(201, RoomView.class);
    }

    private ApiResponse create(ApiRequest request, CreateRoom command) {
        return ApiResponse.created(view(request, rooms.create(request.caller(), command)));
    }

    private ApiResponse direct(ApiRequest request, OpenDirect command) {
        Rooms.Opened opened = rooms.direct(request.caller(), command.user());
        return ApiResponse.of(opened.isNew() ? 201 : 200, view(request, opened.room()));
    }

    private ApiResponse list(ApiRequest request) {
        int limit = request.require(Param.LIMIT);
        @Nullable Cursor cursor = Cursor.of(request.get(Param.CURSOR));
        Page<Rooms.RoomAtAGlance> page =
                switch (request.require(SCOPE)) {
                    case MINE ->
                            rooms.mine(
                                    request.caller(),
                                    cursor == null
                                            ? null
                                            : new Rooms.Activity(cursor.instant(0), cursor.id(1)),
                                    limit);
                    case PUBLIC ->
                            rooms.browse(
                                    request.caller(),
                                    cursor == null ? null : cursor.text(0),
                                    limit);
                };
        return ApiResponse.ok(
                new Page<>(viewer.rooms(page.items(), request.caller().user()), page.nextCursor()));
    }

    private ApiResponse show(ApiRequest request) {
        return ApiResponse.ok(view(request, rooms.room(request.caller(), room(request))));
    }

    private ApiResponse change(ApiRequest request, ChangeRoom command) {
        return ApiResponse.ok(
                view(request, rooms.change(request.caller(), room(request), command)));
    }

    private ApiResponse delete(ApiRequest request) {
        rooms.delete(request.caller(), room(request));
        return ApiResponse.done("ok.room_deleted");
    }

    private RoomView view(ApiRequest request, Rooms.RoomAtAGlance room) {
        return viewer.room(room, request.caller().user());
    }

    static Id<Room> room(ApiRequest request) {
        return request.id("room", "CHAT_ROOM_NOT_FOUND");
    }
}
