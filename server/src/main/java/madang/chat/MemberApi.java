package madang.chat;

import static madang.chat.RoomApi.room;

import java.util.List;
import madang.chat.ChatViews.MemberView;
import madang.chat.ChatViews.RoomView;
import madang.kit.Cursor;
import madang.kit.Page;
import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Limit;
import madang.kit.http.Param;
import madang.kit.http.Routes;
import org.jspecify.annotations.Nullable;

/// Who is in a room, over HTTP.
final class MemberApi {
    private final Members members;
    private final Viewer viewer;

    MemberApi(Members members, Viewer viewer) {
        this.members = members;
        this.viewer = viewer;
    }

    void routes(Routes routes) {
        routes.post("/api/v1/chat/rooms/{room}/join", Access.USER, Limit.API, this::join)
                .summary("Become a member")
                .answers(200, RoomView.class);
        routes.post("/api/v1/chat/rooms/{room}/leave", Access.USER, Limit.API, this::leave)
                .summary("Stop being a member");
        routes.get("/api/v1/chat/rooms/{room}/members", Access.USER, Limit.API, this::list)
                .summary("Who is in a room")
                .answersPage(MemberView.class);
        routes.post(
                        "/api/v1/chat/rooms/{room}/members",
                        Access.USER,
                        Limit.API,
                        AddMember.class,
                        this::add)
                .summary("Bring somebody in")
                .answers(201, MemberView.class);
        routes.delete(
                        "/api/v1/chat/rooms/{room}/members/{user}",
                        Access.USER,
                        Limit.API,
                        this::remove)
                .summary("Put somebody out");
    }

    private ApiResponse join(ApiRequest request) {
        Rooms.RoomAtAGlance joined = members.join(request.caller(), room(request));
        return ApiResponse.ok(viewer.room(joined, request.caller().user()));
    }

    private ApiResponse leave(ApiRequest request) {
        members.leave(request.caller(), room(request));
        return ApiResponse.done("ok.room_left");
    }

    private ApiResponse list(ApiRequest request) {
        @Nullable Cursor cursor = Cursor.of(request.get(Param.CURSOR));
        Page<MemberStore.Member> page =
                members.list(
                        request.caller(),
                        room(request),
                        cursor == null ? null : cursor.id(0),
                        request.require(Param.LIMIT));
        return ApiResponse.ok(new Page<>(viewer.members(page.items()), page.nextCursor()));
    }

    private ApiResponse add(ApiRequest request, AddMember command) {
        Members.Added added = members.add(request.caller(), room(request), command.user());
        return ApiResponse.of(
                added.isNew() ? 201 : 200, viewer.members(List.of(added.member())).getFirst());
    }

    private ApiResponse remove(ApiRequest request) {
        members.remove(
                request.caller(), room(request), request.id("user", "CHAT_MEMBER_NOT_FOUND"));
        return ApiResponse.done("ok.member_removed");
    }
}
