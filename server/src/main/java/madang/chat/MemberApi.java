package madang.chat;

import static madang.chat.RoomApi.room;

import java.util.List;
import madang.chat.ChatViews.BanView;
import madang.chat.ChatViews.MarkerView;
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
    private final Bans bans;
    private final Viewer viewer;

    MemberApi(Members members, Bans bans, Viewer viewer) {
        this.members = members;
        this.bans = bans;
        this.viewer = viewer;
    }

    void routes(Routes routes) {
        routes.post(
                        "/api/v1/chat/rooms/{room}/join",
                        Access.USER,
                        Limit.API,
                        JoinRoom.class,
                        this::join)
                .summary("Become a member, with the password if the room has one")
                .bodyOptional()
                .outside()
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
        routes.get("/api/v1/chat/rooms/{room}/members/{user}", Access.USER, Limit.API, this::one)
                .summary("What somebody is in a room")
                .answers(200, MemberView.class);
        routes.delete(
                        "/api/v1/chat/rooms/{room}/members/{user}",
                        Access.USER,
                        Limit.API,
                        this::remove)
                .summary("Put somebody out");
        routes.patch(
                        "/api/v1/chat/rooms/{room}/members/{user}",
                        Access.USER,
                        Limit.API,
                        ChangeMember.class,
                        this::change)
                .summary("Give a member another role (owner passes the room on), or mute him")
                .answers(200, MemberView.class);
        routes.get("/api/v1/chat/rooms/{room}/markers", Access.USER, Limit.API, this::markers)
                .summary("How far each member has read")
                .answersPage(MarkerView.class);
        banRoutes(routes);
    }

    private void banRoutes(Routes routes) {
        routes.get("/api/v1/chat/rooms/{room}/bans", Access.USER, Limit.API, this::bans)
                .summary("Who may not come in, the newest ban first")
                .answersPage(BanView.class);
        routes.post(
                        "/api/v1/chat/rooms/{room}/bans",
                        Access.USER,
                        Limit.API,
                        BanUser.class,
                        this::ban)
                .summary("Keep somebody out, and put him out if he is in")
                .answers(201, BanView.class);
        routes.delete(
                        "/api/v1/chat/rooms/{room}/bans/{user}",
                        Access.USER,
                        Limit.API,
                        this::liftBan)
                .summary("Let somebody in again");
    }

    private ApiResponse join(ApiRequest request, JoinRoom command) {
        Rooms.RoomAtAGlance joined =
                members.join(request.caller(), room(request), command.password());
        return ApiResponse.ok(viewer.room(joined, request.caller().user()));
    }

    private ApiResponse leave(ApiRequest request) {
        members.leave(request.caller(), room(request));
        return ApiResponse.done("ok.room_left");
    }

    private ApiResponse list(ApiRequest request) {
        @Nullable Cursor cursor = Cursor.of(request.get(Param.CURSOR));
        Page<Member> page =
                members.list(
                        request.caller(),
                        room(request),
                        cursor == null ? null : cursor.id(0),
                        request.require(Param.LIMIT));
        return ApiResponse.ok(new Page<>(viewer.members(page.items()), page.nextCursor()));
    }

    private ApiResponse one(ApiRequest request) {
        Member member =
                members.one(
                        request.caller(),
                        room(request),
                        request.id("user", "CHAT_MEMBER_NOT_FOUND"));
        return ApiResponse.ok(viewer.members(List.of(member)).getFirst());
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

    private ApiResponse change(ApiRequest request, ChangeMember command) {
        Member changed =
                members.change(
                        request.caller(),
                        room(request),
                        request.id("user", "CHAT_MEMBER_NOT_FOUND"),
                        command);
        return ApiResponse.ok(viewer.members(List.of(changed)).getFirst());
    }

    private ApiResponse markers(ApiRequest request) {
        @Nullable Cursor cursor = Cursor.of(request.get(Param.CURSOR));
        Page<ReadMarkers.Marker> page =
                members.markers(
                        request.caller(),
                        room(request),
                        cursor == null ? null : cursor.id(0),
                        request.require(Param.LIMIT));
        List<MarkerView> views =
                page.items().stream()
                        .map(marker -> new MarkerView(marker.user(), marker.seq()))
                        .toList();
        return ApiResponse.ok(new Page<>(views, page.nextCursor()));
    }

    private ApiResponse bans(ApiRequest request) {
        @Nullable Cursor cursor = Cursor.of(request.get(Param.CURSOR));
        Page<Ban> page =
                bans.list(
                        request.caller(),
                        room(request),
                        cursor == null ? null : cursor.instant(0),
                        cursor == null ? null : cursor.id(1),
                        request.require(Param.LIMIT));
        return ApiResponse.ok(new Page<>(viewer.bans(page.items()), page.nextCursor()));
    }

    private ApiResponse ban(ApiRequest request, BanUser command) {
        Bans.Banned banned = bans.add(request.caller(), room(request), command);
        return ApiResponse.of(
                banned.isNew() ? 201 : 200, viewer.bans(List.of(banned.ban())).getFirst());
    }

    private ApiResponse liftBan(ApiRequest request) {
        bans.lift(request.caller(), room(request), request.id("user", "CHAT_BAN_NOT_FOUND"));
        return ApiResponse.done("ok.ban_lifted");
    }
}
