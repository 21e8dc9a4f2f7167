package madang.chat;

import java.util.List;
import madang.chat.ChatViews.ChangesView;
import madang.chat.ChatViews.MemberView;
import madang.chat.ChatViews.MessageView;
import madang.chat.ChatViews.ReadView;
import madang.chat.ChatViews.RoomView;
import madang.kit.Cursor;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Page;
import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Idempotency;
import madang.kit.http.Limit;
import madang.kit.http.Param;
import madang.kit.http.Routes;
import org.jspecify.annotations.Nullable;

/// Chat over HTTP.
final class ChatApi {
    enum Scope {
        MINE,
        PUBLIC
    }

    private static final Param<Scope> SCOPE = Param.choice("scope", Scope.class, Scope.MINE);
    private static final Param<String> ROOM = Param.text("room");
    private static final Param<Long> BEFORE = Param.position("before");
    private static final Param<Long> AFTER = Param.position("after");
    private static final Param<Integer> HISTORY_LIMIT = Param.integer("limit", 1, 100, 50);

    private final Chat chat;
    private final Viewer viewer;

    ChatApi(Chat chat, Viewer viewer) {
        this.chat = chat;
        this.viewer = viewer;
    }

    void routes(Routes routes) {
        routes.post("/api/v1/chat/rooms", Access.USER, Limit.API, CreateRoom.class, this::create)
                .summary("Open a room")
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
                .summary("Change a room's name, description or type")
                .answers(200, RoomView.class);
        routes.delete("/api/v1/chat/rooms/{room}", Access.USER, Limit.API, this::delete)
                .summary("Delete a room");
        routes.post("/api/v1/chat/rooms/{room}/join", Access.USER, Limit.API, this::join)
                .summary("Become a member")
                .answers(200, RoomView.class);
        routes.post("/api/v1/chat/rooms/{room}/leave", Access.USER, Limit.API, this::leave)
                .summary("Stop being a member");
        routes.get("/api/v1/chat/rooms/{room}/members", Access.USER, Limit.API, this::members)
                .summary("Who is in a room")
                .answersPage(MemberView.class);
        routes.post(
                        "/api/v1/chat/rooms/{room}/members",
                        Access.USER,
                        Limit.API,
                        AddMember.class,
                        this::addMember)
                .summary("Bring somebody in")
                .answers(201, MemberView.class);
        routes.delete(
                        "/api/v1/chat/rooms/{room}/members/{user}",
                        Access.USER,
                        Limit.API,
                        this::removeMember)
                .summary("Put somebody out");
        messageRoutes(routes);
    }

    private void messageRoutes(Routes routes) {
        routes.get("/api/v1/chat/messages", Access.USER, Limit.API, this::history)
                .summary("History: newest first before a place, or oldest first after one")
                .takes(ROOM, BEFORE, AFTER, HISTORY_LIMIT)
                .answersListOf(MessageView.class);
        routes.post(
                        "/api/v1/chat/rooms/{room}/messages",
                        Access.USER,
                        Limit.API,
                        SendMessage.class,
                        this::send)
                .summary("Say something in a room")
                .keyedByItself()
                .answers(201, MessageView.class);
        routes.patch(
                        "/api/v1/chat/rooms/{room}/messages/{message}",
                        Access.USER,
                        Limit.API,
                        EditMessage.class,
                        this::edit)
                .summary("Edit a message of mine, within five minutes")
                .outside()
                .answers(200, MessageView.class);
        routes.delete(
                        "/api/v1/chat/rooms/{room}/messages/{message}",
                        Access.USER,
                        Limit.API,
                        this::remove)
                .summary("Delete a message")
                .outside();
        routes.get("/api/v1/chat/rooms/{room}/changes", Access.USER, Limit.API, this::changes)
                .summary("Everything that changed after a place in the log")
                .takes(AFTER)
                .answers(200, ChangesView.class);
        routes.put(
                        "/api/v1/chat/rooms/{room}/read",
                        Access.USER,
                        Limit.API,
                        ReadUpTo.class,
                        this::read)
                .summary("Move my read marker forward")
                .answers(200, ReadView.class);
    }

    private ApiResponse create(ApiRequest request, CreateRoom command) {
        return ApiResponse.created(view(request, chat.create(request.caller(), command)));
    }

    private ApiResponse list(ApiRequest request) {
        int limit = request.require(Param.LIMIT);
        @Nullable Cursor cursor = Cursor.of(request.get(Param.CURSOR));
        Page<Chat.RoomAtAGlance> page =
                switch (request.require(SCOPE)) {
                    case MINE ->
                            chat.mine(
                                    request.caller(),
                                    cursor == null
                                            ? null
                                            : new Chat.Activity(cursor.instant(0), cursor.id(1)),
                                    limit);
                    case PUBLIC ->
                            chat.browse(
                                    request.caller(),
                                    cursor == null ? null : cursor.text(0),
                                    limit);
                };
        return ApiResponse.ok(
                new Page<>(viewer.rooms(page.items(), request.caller().user()), page.nextCursor()));
    }

    private ApiResponse show(ApiRequest request) {
        return ApiResponse.ok(view(request, chat.room(request.caller(), room(request))));
    }

    private ApiResponse change(ApiRequest request, ChangeRoom command) {
        return ApiResponse.ok(view(request, chat.change(request.caller(), room(request), command)));
    }

    private ApiResponse delete(ApiRequest request) {
        chat.delete(request.caller(), room(request));
        return ApiResponse.done("ok.room_deleted");
    }

    private ApiResponse join(ApiRequest request) {
        return ApiResponse.ok(view(request, chat.join(request.caller(), room(request))));
    }

    private ApiResponse leave(ApiRequest request) {
        chat.leave(request.caller(), room(request));
        return ApiResponse.done("ok.room_left");
    }

    private ApiResponse members(ApiRequest request) {
        @Nullable Cursor cursor = Cursor.of(request.get(Param.CURSOR));
        Page<RoomStore.Member> page =
                chat.members(
                        request.caller(),
                        room(request),
                        cursor == null ? null : cursor.id(0),
                        request.require(Param.LIMIT));
        return ApiResponse.ok(new Page<>(viewer.members(page.items()), page.nextCursor()));
    }

    private ApiResponse addMember(ApiRequest request, AddMember command) {
        Chat.Added added = chat.addMember(request.caller(), room(request), command.user());
        return ApiResponse.of(
                added.isNew() ? 201 : 200, viewer.members(List.of(added.member())).getFirst());
    }

    private ApiResponse removeMember(ApiRequest request) {
        chat.removeMember(
                request.caller(), room(request), request.id("user", "CHAT_MEMBER_NOT_FOUND"));
        return ApiResponse.done("ok.member_removed");
    }

    private ApiResponse history(ApiRequest request) {
        Id<Room> room = Room.id(request.require(ROOM));
        @Nullable Long before = request.get(BEFORE);
        @Nullable Long after = request.get(AFTER);
        int limit = request.require(HISTORY_LIMIT);
        if (before != null && after != null) {
            throw Failure.invalid("before", "before_or_after");
        }
        Page<Message> page =
                after != null
                        ? chat.after(request.caller(), room, after, limit)
                        : chat.before(
                                request.caller(),
                                room,
                                before == null ? Long.MAX_VALUE : before,
                                limit);
        return ApiResponse.ok(new Page<>(views(request, page.items()), page.nextCursor()));
    }

    private ApiResponse send(ApiRequest request, SendMessage command) {
        @Nullable String key = Idempotency.keyOf(request);
        SendMessage keyed =
                key == null || command.clientKey() != null ? command : command.withKey(key);
        Chat.Sent sent = chat.send(request.caller(), room(request), keyed);
        ApiResponse answer =
                ApiResponse.of(
                        sent.isFresh() ? 201 : 200,
                        views(request, List.of(sent.message())).getFirst());
        return sent.isFresh() ? answer : answer.header("Idempotent-Replayed", "true");
    }

    private ApiResponse edit(ApiRequest request, EditMessage command) {
        Message edited = chat.edit(request.caller(), room(request), message(request), command);
        return ApiResponse.ok(views(request, List.of(edited)).getFirst());
    }

    private ApiResponse remove(ApiRequest request) {
        chat.remove(request.caller(), room(request), message(request));
        return ApiResponse.done("ok.message_deleted");
    }

    private ApiResponse changes(ApiRequest request) {
        Chat.CatchUp changes =
                chat.changes(request.caller(), room(request), request.require(AFTER));
        return ApiResponse.ok(viewer.changes(changes, request.caller().user()));
    }

    private ApiResponse read(ApiRequest request, ReadUpTo command) {
        Chat.Read read = chat.read(request.caller(), room(request), command.seq());
        return ApiResponse.ok(new ReadView(read.readSeq(), read.unread()));
    }

    private RoomView view(ApiRequest request, Chat.RoomAtAGlance room) {
        return viewer.rooms(List.of(room), request.caller().user()).getFirst();
    }

    private List<MessageView> views(ApiRequest request, List<Message> messages) {
        return viewer.views(messages, request.caller().user());
    }

    private static Id<Room> room(ApiRequest request) {
        return request.id("room", "CHAT_ROOM_NOT_FOUND");
    }

    private static Id<Message> message(ApiRequest request) {
        return request.id("message", "CHAT_MESSAGE_NOT_FOUND");
    }
}
