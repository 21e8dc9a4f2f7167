package madang.dialect.woongkie;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import madang.chat.CreateRoom;
import madang.chat.Members;
import madang.chat.Room;
import madang.chat.RoomType;
import madang.chat.Rooms;
import madang.dialect.woongkie.Views.DoneJson;
import madang.dialect.woongkie.Views.RoomJson;
import madang.dialect.woongkie.Views.RoomsJson;
import madang.kit.Caller;
import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Routes;
import org.jspecify.annotations.Nullable;

/// Rooms, and who is in them.
final class RoomApi {
    private static final int MAX_NAME = 50;
    private static final int MAX_DESCRIPTION = 200;
    private static final int MOST_MEMBERS = 1_000;
    private static final int USUAL_MEMBERS = 100;
    private static final int MOST_LISTED = 1_000;

    record NewRoom(
            @Nullable String name,
            @Nullable String description,
            @Nullable Boolean isPublic,
            @Nullable String password,
            @Nullable Integer maxMembers) {}

    record Joining(@Nullable String password) {}

    private final Rooms rooms;
    private final Members members;
    private final Entrance entrance;
    private final Translator translator;
    private final Words words;

    RoomApi(Rooms rooms, Members members, Entrance entrance, Translator translator, Words words) {
        this.rooms = rooms;
        this.members = members;
        this.entrance = entrance;
        this.translator = translator;
        this.words = words;
    }

    void routes(Routes everywhere) {
        everywhere
                .get("/rooms", Access.USER, WoongkieFace.GENERAL, this::list)
                .summary("Public rooms and mine, the default room first")
                .answers(200, RoomJson[].class);
        everywhere
                .post("/rooms", Access.USER, WoongkieFace.ROOMS, NewRoom.class, this::create)
                .summary("Open a room")
                .answers(201, RoomJson.class);
        everywhere
                .get("/rooms/default", Access.USER, WoongkieFace.GENERAL, this::defaultRoom)
                .summary("The room that everybody is in")
                .answers(200, RoomJson.class);
        everywhere
                .get("/rooms/{room}", Access.USER, WoongkieFace.GENERAL, this::room)
                .summary("One room")
                .answers(200, RoomJson.class);
        everywhere
                .delete("/rooms/{room}", Access.USER, WoongkieFace.GENERAL, this::delete)
                .summary("Delete a room of mine")
                .answers(200, DoneJson.class);
        everywhere
                .post(
                        "/rooms/{room}/join",
                        Access.USER,
                        WoongkieFace.GENERAL,
                        Joining.class,
                        this::join)
                .summary("Become a member")
                .answers(200, DoneJson.class)
                .bodyOptional();
        everywhere
                .post("/rooms/{room}/leave", Access.USER, WoongkieFace.GENERAL, this::leave)
                .summary("Stop being a member")
                .answers(200, DoneJson.class);
    }

    /// The prebuilt client reads `rooms` of an object, all others an array. It alone says that its
    /// GET brings JSON and brings no `Authorization`.
    private ApiResponse list(ApiRequest request) {
        List<RoomJson> all = translator.rooms(rooms.visibleTo(request.caller(), MOST_LISTED));
        @Nullable String type = request.header("Content-Type");
        boolean wantsObject =
                type != null
                        && type.startsWith("application/json")
                        && request.header("Authorization") == null;
        return ApiResponse.ok(wantsObject ? new RoomsJson(all) : all);
    }

    private ApiResponse create(ApiRequest request, NewRoom command) {
        CreateRoom wanted = wanted(command);
        Room room = rooms.createAlone(request.caller(), wanted).room();
        RoomJson made = translator.room(room);
        return ApiResponse.created(withOnline(made, translator.name(request.caller().user())));
    }

    private static CreateRoom wanted(NewRoom command) {
        String name = command.name() == null ? "" : command.name().strip();
        String description = command.description() == null ? "" : command.description();
        int most = command.maxMembers() == null ? 0 : command.maxMembers();
        if (name.isEmpty() || name.codePointCount(0, name.length()) > MAX_NAME) {
            throw Words.no("room_name_form");
        }
        if (description.codePointCount(0, description.length()) > MAX_DESCRIPTION) {
            throw Words.no("room_description_form");
        }
        if (most < 0 || most > MOST_MEMBERS) {
            throw Words.no("max_members_form");
        }
        @Nullable String password = command.password();
        if (password != null && password.getBytes(UTF_8).length > AuthApi.MAX_PASSWORD_BYTES) {
            throw Words.no("room_password_form");
        }
        return new CreateRoom(
                name,
                description,
                Boolean.TRUE.equals(command.isPublic()) ? RoomType.PUBLIC : RoomType.PRIVATE,
                password == null || password.isEmpty() ? null : password,
                most == 0 ? USUAL_MEMBERS : most,
                null);
    }

    /// Who opens a room is there.
    private static RoomJson withOnline(RoomJson room, String creator) {
        return new RoomJson(
                room.id(),
                room.name(),
                room.description(),
                room.isPublic(),
                room.maxMembers(),
                room.createdBy(),
                room.createdAt(),
                room.isDefault(),
                room.memberCount(),
                List.of(creator),
                room.hasPassword());
    }

    private ApiResponse defaultRoom(ApiRequest request) {
        return ApiResponse.ok(translator.room(rooms.find(request.caller(), rooms.defaultRoom())));
    }

    private ApiResponse room(ApiRequest request) {
        return ApiResponse.ok(translator.room(entrance.door(request)));
    }

    private ApiResponse delete(ApiRequest request) {
        Room room = entrance.room(request);
        Words.orForbidden(
                "may_not_delete_room",
                () -> {
                    rooms.delete(request.caller(), room.id());
                    return room;
                });
        return done("done.room_deleted");
    }

    private ApiResponse join(ApiRequest request, Joining command) {
        entrance.join(request.caller(), entrance.id(request), command.password());
        return done("done.joined");
    }

    private ApiResponse leave(ApiRequest request) {
        Caller caller = request.caller();
        Room room = entrance.room(request);
        Words.orForbidden(
                "may_not_leave",
                () -> {
                    members.leave(caller, room.id());
                    return room;
                });
        return done("done.left");
    }

    private ApiResponse done(String code) {
        return ApiResponse.ok(new DoneJson(words.say(code)));
    }
}
