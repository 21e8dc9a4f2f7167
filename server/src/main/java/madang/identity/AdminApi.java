package madang.identity;

import java.time.InstantSource;
import java.util.Map;
import madang.kit.Cursor;
import madang.kit.Id;
import madang.kit.Role;
import madang.kit.User;
import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Limit;
import madang.kit.http.Param;
import madang.kit.http.Routes;
import org.jspecify.annotations.Nullable;

/// Other people's accounts over HTTP, for administrators.
final class AdminApi {
    private static final String USERS = "/api/v1/admin/users";
    private static final Param<AccountView.State> STATE =
            Param.choice("state", AccountView.State.class);
    private static final Param<Role> ROLE = Param.choice("role", Role.class);
    private static final Param<String> SEARCHED = Param.text("q");

    private final Administration administration;
    private final InstantSource clock;

    AdminApi(Administration administration, InstantSource clock) {
        this.administration = administration;
        this.clock = clock;
    }

    void routes(Routes routes) {
        routes.get(USERS, Access.ADMIN, Limit.API, this::page)
                .summary(
                        "Accounts, the youngest first; `q` is a whole e-mail address or phone, or"
                                + " how a username or nickname begins")
                .takes(STATE, ROLE, SEARCHED)
                .answersPage(AccountView.class);
        routes.get(USERS + "/{user}", Access.ADMIN, Limit.API, this::view)
                .summary("All that an account holds; that somebody looked is noted")
                .answers(200, AccountView.Whole.class);
        routes.patch(
                        USERS + "/{user}/suspend",
                        Access.ADMIN,
                        Limit.API,
                        SuspendUser.class,
                        this::suspend)
                .summary("Shut somebody out, for some days or without end, or let him in again")
                .answers(200, AccountView.Whole.class)
                .bodyOptional();
        routes.patch(
                        USERS + "/{user}/role",
                        Access.ADMIN,
                        Limit.API,
                        ChangeRole.class,
                        this::changeRole)
                .summary("Give somebody another role; for chief administrators, ends his sessions")
                .answers(200, AccountView.Whole.class);
        routes.get("/api/v1/admin/stats", Access.ADMIN, Limit.API, this::stats)
                .summary("How many there are of what, at most half a minute old")
                .answers(200, Map.class);
    }

    private ApiResponse page(ApiRequest request) {
        @Nullable Cursor cursor = Cursor.of(request.get(Param.CURSOR));
        @Nullable String searched = request.get(SEARCHED);
        @Nullable LoginName name =
                searched != null && searched.matches("\\s*[+0-9].*|.*@.*")
                        ? LoginName.identifier(searched)
                        : null;
        return ApiResponse.ok(
                administration.page(
                        new AdminStore.Question(
                                request.get(STATE),
                                request.get(ROLE),
                                name,
                                name == null ? searched : null,
                                cursor == null ? null : cursor.id(0),
                                request.require(Param.LIMIT) + 1)));
    }

    private ApiResponse view(ApiRequest request) {
        return ApiResponse.ok(administration.view(Staff.of(request), user(request)));
    }

    private ApiResponse suspend(ApiRequest request, SuspendUser command) {
        Id<User> user = user(request);
        if (command.isSuspension()) {
            administration.suspend(Staff.of(request), user, command.from(clock.instant()));
        } else {
            administration.reinstate(Staff.of(request), user);
        }
        return ApiResponse.ok(administration.whole(user));
    }

    private ApiResponse changeRole(ApiRequest request, ChangeRole command) {
        administration.changeRole(Staff.of(request), user(request), command.role());
        return ApiResponse.ok(administration.whole(user(request)));
    }

    private ApiResponse stats(ApiRequest request) {
        return ApiResponse.ok(administration.figures());
    }

    private static Id<User> user(ApiRequest request) {
        return request.id("user", "USER_NOT_FOUND");
    }
}
