package madang.chat;

import madang.chat.ChatViews.MessageView;
import madang.kit.Cursor;
import madang.kit.Page;
import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Limit;
import madang.kit.http.Param;
import madang.kit.http.Routes;
import org.jspecify.annotations.Nullable;

/// Search, over HTTP.
final class SearchApi {
    private static final Param<String> WORDS = Param.text("q");
    private static final Param<String> ROOM = Param.text("room");

    private final Search search;
    private final Viewer viewer;

    SearchApi(Search search, Viewer viewer) {
        this.search = search;
        this.viewer = viewer;
    }

    void routes(Routes routes) {
        routes.get("/api/v1/chat/search", Access.USER, Limit.API, this::search)
                .summary(
                        "Messages that contain all of these words or parts of words, the newest"
                                + " first: in a room, or in all of mine")
                .takes(WORDS, ROOM)
                .answersPage(MessageView.class);
    }

    private ApiResponse search(ApiRequest request) {
        String words = request.require(WORDS);
        @Nullable String room = request.get(ROOM);
        @Nullable Cursor cursor = Cursor.of(request.get(Param.CURSOR));
        int limit = request.require(Param.LIMIT);
        Page<Message> found =
                room == null
                        ? search.everywhere(request.caller(), words, cursor, limit)
                        : search.in(request.caller(), Room.id(room), words, cursor, limit);
        return ApiResponse.ok(
                new Page<>(
                        viewer.views(found.items(), request.caller().user()), found.nextCursor()));
    }
}
