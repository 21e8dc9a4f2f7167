package madang.chat;

import static madang.chat.RoomApi.room;

import java.util.List;
import java.util.function.Function;
import madang.chat.ChatViews.ChangesView;
import madang.chat.ChatViews.MessageView;
import madang.chat.ChatViews.ReadView;
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

/// What is said, over HTTP.
final class MessageApi {
    private static final Param<String> ROOM = Param.text("room");
    private static final Param<Id<Message>> THREAD = Param.id("thread");
    private static final Param<Long> BEFORE = Param.position("before");
    private static final Param<Long> AFTER = Param.position("after");
    private static final Param<Integer> HISTORY_LIMIT = Param.integer("limit", 1, 100, 50);

    private final Chat chat;
    private final Viewer viewer;

    MessageApi(Chat chat, Viewer viewer) {
        this.chat = chat;
        this.viewer = viewer;
    }

    void routes(Routes routes) {
        routes.get("/api/v1/chat/messages", Access.USER, Limit.API, this::history)
                .summary(
                        "History of a room or of a thread in it: newest first before a place, or"
                                + " oldest first after one")
                .takes(ROOM, THREAD, BEFORE, AFTER, HISTORY_LIMIT)
                .answersListOf(MessageView.class);
        routes.get("/api/v1/chat/messages/{message}", Access.USER, Limit.API, this::show)
                .summary("One message")
                .takes(ROOM)
                .answers(200, MessageView.class);
        routes.post(
                        "/api/v1/chat/rooms/{room}/messages",
                        Access.USER,
                        Limit.API,
                        SendMessage.class,
                        this::send)
                .summary("Say something in a room")
                .keyedByItself()
                .answers(201, MessageView.class);
        routes.post(
                        "/api/v1/chat/rooms/{room}/announcements",
                        Access.USER,
                        Limit.API,
                        Announce.class,
                        this::announce)
                .summary("Announce something, as moderators do")
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

    /// The same for one room each, under the path of the neighbour whose channel it is.
    void routes(Routes routes, String path, Function<ApiRequest, Id<Room>> room) {
        routes.get(path, Access.USER, Limit.API, request -> history(request, room.apply(request)))
                .summary(
                        "What was said there: newest first before a place, or oldest first after one")
                .takes(THREAD, BEFORE, AFTER, HISTORY_LIMIT)
                .answersListOf(MessageView.class);
        routes.post(
                        path,
                        Access.USER,
                        Limit.API,
                        SendMessage.class,
                        (request, command) -> send(request, room.apply(request), command))
                .summary("Say something there")
                .keyedByItself()
                .answers(201, MessageView.class);
    }

    private ApiResponse history(ApiRequest request) {
        return history(request, Room.id(request.require(ROOM)));
    }

    private ApiResponse history(ApiRequest request, Id<Room> room) {
        @Nullable Long before = request.get(BEFORE);
        @Nullable Long after = request.get(AFTER);
        int limit = request.require(HISTORY_LIMIT);
        if (before != null && after != null) {
            throw Failure.invalid("before", "before_or_after");
        }
        Page<Message> page =
                after != null
                        ? after(request, room, after, limit)
                        : before(request, room, before == null ? Long.MAX_VALUE : before, limit);
        return ApiResponse.ok(new Page<>(views(request, page.items()), page.nextCursor()));
    }

    private Page<Message> before(ApiRequest request, Id<Room> room, long before, int limit) {
        @Nullable Id<Message> thread = request.get(THREAD);
        return thread == null
                ? chat.before(request.caller(), room, before, limit)
                : chat.threadBefore(request.caller(), room, thread, before, limit);
    }

    private Page<Message> after(ApiRequest request, Id<Room> room, long after, int limit) {
        @Nullable Id<Message> thread = request.get(THREAD);
        return thread == null
                ? chat.after(request.caller(), room, after, limit)
                : chat.threadAfter(request.caller(), room, thread, after, limit);
    }

    private ApiResponse show(ApiRequest request) {
        Message message =
                chat.message(request.caller(), Room.id(request.require(ROOM)), message(request));
        return ApiResponse.ok(views(request, List.of(message)).getFirst());
    }

    private ApiResponse send(ApiRequest request, SendMessage command) {
        return send(request, room(request), command);
    }

    private ApiResponse send(ApiRequest request, Id<Room> room, SendMessage command) {
        @Nullable String key = Idempotency.keyOf(request);
        SendMessage keyed =
                key == null || command.clientKey() != null ? command : command.withKey(key);
        return sent(request, chat.send(request.caller(), room, keyed));
    }

    private ApiResponse announce(ApiRequest request, Announce command) {
        @Nullable String key = Idempotency.keyOf(request);
        Announce keyed =
                key == null || command.clientKey() != null
                        ? command
                        : new Announce(command.text(), key);
        return sent(request, chat.announce(request.caller(), room(request), keyed));
    }

    private ApiResponse sent(ApiRequest request, Chat.Sent sent) {
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

    private List<MessageView> views(ApiRequest request, List<Message> messages) {
        return viewer.views(messages, request.caller().user());
    }

    static Id<Message> message(ApiRequest request) {
        return request.id("message", "CHAT_MESSAGE_NOT_FOUND");
    }
}
