package madang.dialect.woongkie;

import java.util.List;
import madang.chat.Announce;
import madang.chat.Chat;
import madang.dialect.woongkie.Views.DoneJson;
import madang.dialect.woongkie.Views.UserJson;
import madang.identity.Identity;
import madang.identity.Suspension;
import madang.identity.UserView;
import madang.kit.Failure;
import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Param;
import madang.kit.http.Routes;
import org.jspecify.annotations.Nullable;

/// What administrators see of users, whom they shut out, and what they announce.
final class AdminApi {
    private static final Param<String> PAGE = Param.text("page");
    private static final Param<String> LIMIT = Param.text("limit");
    private static final int USUAL_PAGE = 20;
    private static final int LARGEST_PAGE = 100;

    record Blocking(@Nullable Boolean blocked) {}

    record UsersJson(List<UserJson> users, long total, int page, int limit) {}

    private final Identity identity;
    private final Chat chat;
    private final Entrance entrance;
    private final Translator translator;
    private final Words words;

    AdminApi(Identity identity, Chat chat, Entrance entrance, Translator translator, Words words) {
        this.identity = identity;
        this.chat = chat;
        this.entrance = entrance;
        this.translator = translator;
        this.words = words;
    }

    void routes(Routes own) {
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
        own.post(
                        "/admin/rooms/{room}/announce",
                        Access.ADMIN,
                        WoongkieFace.GENERAL,
                        MessageApi.Said.class,
                        this::announce)
                .summary("Announce something in a room, in the name of the house")
                .answers(200, DoneJson.class);
    }

    private ApiResponse users(ApiRequest request) {
        int page = Math.max(1, number(request.get(PAGE), 1));
        int limit = number(request.get(LIMIT), USUAL_PAGE);
        int size = limit < 1 || limit > LARGEST_PAGE ? USUAL_PAGE : limit;
        List<UserJson> users =
                identity.accounts((page - 1L) * size, size).stream()
                        .map(listed -> translator.me(listed.account(), listed.isSuspended()))
                        .toList();
        return ApiResponse.ok(new UsersJson(users, identity.countAccounts(), page, size));
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
            Words.orForbidden(
                    "not_oneself",
                    () -> {
                        identity.suspend(request.caller(), user.id(), Suspension.WITHOUT_END);
                        return user;
                    });
        } else {
            identity.reinstate(request.caller(), user.id());
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
