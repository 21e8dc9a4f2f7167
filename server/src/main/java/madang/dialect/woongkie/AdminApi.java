package madang.dialect.woongkie;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import madang.chat.Announce;
import madang.chat.Chat;
import madang.chat.Room;
import madang.chat.Rooms;
import madang.dialect.woongkie.Views.DoneJson;
import madang.dialect.woongkie.Views.RoomJson;
import madang.dialect.woongkie.Views.UserJson;
import madang.identity.Administration;
import madang.identity.Staff;
import madang.identity.Suspension;
import madang.identity.UserView;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Param;
import madang.kit.http.Routes;
import madang.people.People;
import org.jspecify.annotations.Nullable;

/// What administrators see of users and rooms, whom they shut out, what they end and announce.
final class AdminApi {
    private static final Param<String> PAGE = Param.text("page");
    private static final Param<String> LIMIT = Param.text("limit");
    private static final int USUAL_PAGE = 20;
    private static final int LARGEST_PAGE = 100;

    /// Where its day begins.
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    record Blocking(@Nullable Boolean blocked) {}

    record UsersJson(List<UserJson> users, long total, int page, int limit) {}

    record RoomsJson(List<RoomJson> rooms, long total, int page, int limit) {}

    record StatsJson(long onlineUsers, long activeRooms, long todayMessages, long totalUsers) {}

    /// A page of a list, by its number.
    private record Leaf(int page, int limit) {
        static Leaf of(ApiRequest request) {
            int limit = number(request.get(LIMIT), USUAL_PAGE);
            return new Leaf(
                    Math.max(1, number(request.get(PAGE), 1)),
                    limit < 1 || limit > LARGEST_PAGE ? USUAL_PAGE : limit);
        }

        long skipped() {
            return (page - 1L) * limit;
        }
    }

    private final Administration administration;
    private final People people;
    private final Chat chat;
    private final Rooms rooms;
    private final Entrance entrance;
    private final Translator translator;
    private final Words words;
    private final InstantSource clock;

    AdminApi(
            Administration administration,
            People people,
            Chat chat,
            Rooms rooms,
            Entrance entrance,
            Translator translator,
            Words words,
            InstantSource clock) {
        this.administration = administration;
        this.people = people;
        this.chat = chat;
        this.rooms = rooms;
        this.entrance = entrance;
        this.translator = translator;
        this.words = words;
        this.clock = clock;
    }

    void routes(Routes own) {
        own.get("/admin/stats", Access.ADMIN, WoongkieFace.GENERAL, _ -> stats())
                .summary("How many are here, and how much was said today")
                .answers(200, StatsJson.class);
        own.get("/admin/users", Access.ADMIN, WoongkieFace.GENERAL, this::users)
                .summary("All users, the oldest first")
                .takes(PAGE, LIMIT)
                .answers(200, UsersJson.class);
        own.put(
                        "/admin/users/{username}/block",
                        Access.ADMIN,
                        WoongkieFace.GENERAL,
                        Blocking.class,
                        this::block)
                .summary("Shut somebody out, or let him in again")
                .answers(200, DoneJson.class);
        own.get("/admin/rooms", Access.ADMIN, WoongkieFace.GENERAL, this::rooms)
                .summary("All rooms, the default room first, then the oldest")
                .takes(PAGE, LIMIT)
                .answers(200, RoomsJson.class);
        own.delete("/admin/rooms/{room}", Access.ADMIN, WoongkieFace.GENERAL, this::delete)
                .summary("Delete a room, whoever owns it")
                .answers(200, DoneJson.class);
        own.post(
                        "/admin/rooms/{room}/announce",
                        Access.ADMIN,
                        WoongkieFace.GENERAL,
                        MessageApi.Said.class,
                        this::announce)
                .summary("Announce something in a room, in the name of the house")
                .answers(200, DoneJson.class);
    }

    private ApiResponse stats() {
        Instant midnight =
                LocalDate.ofInstant(clock.instant(), SEOUL).atStartOfDay(SEOUL).toInstant();
        return ApiResponse.ok(
                new StatsJson(
                        people.countOnline(),
                        rooms.countOpened(),
                        chat.saidSince(midnight),
                        administration.countAccounts()));
    }

    private ApiResponse users(ApiRequest request) {
        Leaf leaf = Leaf.of(request);
        return ApiResponse.ok(
                new UsersJson(
                        translator.accounts(administration.accounts(leaf.skipped(), leaf.limit())),
                        administration.countAccounts(),
                        leaf.page(),
                        leaf.limit()));
    }

    private ApiResponse rooms(ApiRequest request) {
        Leaf leaf = Leaf.of(request);
        return ApiResponse.ok(
                new RoomsJson(
                        translator.rooms(
                                rooms.opened(request.caller(), leaf.skipped(), leaf.limit())),
                        rooms.countOpened(),
                        leaf.page(),
                        leaf.limit()));
    }

    private ApiResponse delete(ApiRequest request) {
        Id<Room> room = entrance.id(request);
        Words.orForbidden(
                "default_room_stays",
                () -> {
                    rooms.close(room);
                    return room;
                });
        return ApiResponse.ok(new DoneJson(words.say("done.room_deleted")));
    }

    private ApiResponse block(ApiRequest request, Blocking command) {
        if (command.blocked() == null) {
            throw Failure.of(Failure.Kind.MALFORMED, "MALFORMED_JSON");
        }
        UserView user =
                translator
                        .named(request.place("username"))
                        .orElseThrow(() -> Failure.notFound("USER_NOT_FOUND"));
        if (command.blocked()) {
            if (user.id().equals(request.caller().user())) {
                throw Words.no("not_oneself");
            }
            administration.suspend(Staff.of(request), user.id(), Suspension.WITHOUT_END);
        } else {
            administration.reinstate(Staff.of(request), user.id());
        }
        return ApiResponse.ok(new DoneJson(words.say("done.user_changed")));
    }

    private ApiResponse announce(ApiRequest request, MessageApi.Said command) {
        chat.announce(entrance.id(request), new Announce(MessageApi.text(command), null));
        return ApiResponse.ok(new DoneJson(words.say("done.announced")));
    }

    private static int number(@Nullable String text, int usual) {
        return text == null || !text.matches("[0-9]{1,6}") ? usual : Integer.parseInt(text);
    }
}
