package madang.chat;

import static madang.chat.MessageApi.message;
import static madang.chat.RoomApi.room;

import java.util.List;
import madang.chat.ChatViews.MessageView;
import madang.chat.ChatViews.ReactedView;
import madang.kit.Cursor;
import madang.kit.Page;
import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Limit;
import madang.kit.http.Param;
import madang.kit.http.Routes;
import org.jspecify.annotations.Nullable;

/// Reactions, pins and mentions, over HTTP.
final class MarkApi {
    private static final String REACTIONS =
            "/api/v1/chat/rooms/{room}/messages/{message}/reactions";
    private static final String REACTION = REACTIONS + "/{emoji}";
    private static final String PIN = "/api/v1/chat/rooms/{room}/messages/{message}/pin";

    private final Marks marks;
    private final Mentions mentions;
    private final Viewer viewer;

    MarkApi(Marks marks, Mentions mentions, Viewer viewer) {
        this.marks = marks;
        this.mentions = mentions;
        this.viewer = viewer;
    }

    void routes(Routes routes) {
        routes.put(REACTION, Access.USER, Limit.API, this::react)
                .summary("React to a message with an emoji")
                .outside()
                .answers(200, MessageView.class);
        routes.delete(REACTION, Access.USER, Limit.API, this::unreact)
                .summary("Take a reaction back")
                .outside()
                .answers(200, MessageView.class);
        routes.get(REACTIONS, Access.USER, Limit.API, this::reactions)
                .summary("Who reacted how, in the order in which they did")
                .answersPage(ReactedView.class);
        routes.put(PIN, Access.USER, Limit.API, this::pin)
                .summary("Pin a message")
                .outside()
                .answers(200, MessageView.class);
        routes.delete(PIN, Access.USER, Limit.API, this::unpin)
                .summary("Unpin a message")
                .outside()
                .answers(200, MessageView.class);
        routes.get("/api/v1/chat/rooms/{room}/pins", Access.USER, Limit.API, this::pins)
                .summary("The pinned messages, the last pinned first")
                .answersListOf(MessageView.class);
        routes.get("/api/v1/chat/mentions", Access.USER, Limit.API, this::mentions)
                .summary("Messages that mention me in my rooms, the newest first")
                .answersPage(MessageView.class);
    }

    private ApiResponse react(ApiRequest request) {
        return view(
                request,
                marks.react(
                        request.caller(), room(request), message(request), request.text("emoji")));
    }

    private ApiResponse unreact(ApiRequest request) {
        return view(
                request,
                marks.unreact(
                        request.caller(), room(request), message(request), request.text("emoji")));
    }

    private ApiResponse reactions(ApiRequest request) {
        @Nullable Cursor cursor = Cursor.of(request.get(Param.CURSOR));
        Page<MessageStore.Reacted> page =
                marks.reactions(
                        request.caller(),
                        room(request),
                        message(request),
                        cursor == null ? 0 : cursor.number(0),
                        request.require(Param.LIMIT));
        return ApiResponse.ok(new Page<>(viewer.reacted(page.items()), page.nextCursor()));
    }

    private ApiResponse pin(ApiRequest request) {
        return view(request, marks.pin(request.caller(), room(request), message(request)));
    }

    private ApiResponse unpin(ApiRequest request) {
        return view(request, marks.unpin(request.caller(), room(request), message(request)));
    }

    private ApiResponse pins(ApiRequest request) {
        List<Message> pins = marks.pins(request.caller(), room(request));
        return ApiResponse.ok(new Page<>(viewer.views(pins, request.caller().user()), null));
    }

    private ApiResponse mentions(ApiRequest request) {
        @Nullable Cursor cursor = Cursor.of(request.get(Param.CURSOR));
        Page<Message> page =
                mentions.mine(
                        request.caller(),
                        cursor == null
                                ? null
                                : new MessageStore.MentionedAt(cursor.instant(0), cursor.id(1)),
                        request.require(Param.LIMIT));
        return ApiResponse.ok(
                new Page<>(viewer.views(page.items(), request.caller().user()), page.nextCursor()));
    }

    private ApiResponse view(ApiRequest request, Message message) {
        return ApiResponse.ok(viewer.views(List.of(message), request.caller().user()).getFirst());
    }
}
