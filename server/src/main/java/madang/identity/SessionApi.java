package madang.identity;

import madang.kit.Cursor;
import madang.kit.Failure;
import madang.kit.Session;
import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Limit;
import madang.kit.http.Param;
import madang.kit.http.Routes;

/// The list of one's devices: who sits in my account, and out with him.
final class SessionApi {
    private static final String SESSIONS = "/api/v1/users/me/sessions";

    private final Identity identity;

    SessionApi(Identity identity) {
        this.identity = identity;
    }

    void routes(Routes routes) {
        routes.get(SESSIONS, Access.USER, Limit.API, this::list)
                .summary("Where I am signed in, the newest sign-in first")
                .answersPage(SessionView.class);
        routes.delete(SESSIONS + "/{session}", Access.USER, Limit.API, this::end)
                .summary("Sign out on one of my devices");
        routes.delete(SESSIONS, Access.USER, Limit.API, this::endOthers)
                .summary("Sign out on all of my devices but this one");
    }

    private ApiResponse list(ApiRequest request) {
        return ApiResponse.ok(
                identity.sessions(
                        request.member(),
                        Cursor.of(request.get(Param.CURSOR)),
                        request.require(Param.LIMIT)));
    }

    private ApiResponse end(ApiRequest request) {
        if (!identity.endSession(
                request.member(), request.<Session>id("session", "SESSION_NOT_FOUND"))) {
            throw Failure.notFound("SESSION_NOT_FOUND");
        }
        return ApiResponse.done("ok.session_ended");
    }

    private ApiResponse endOthers(ApiRequest request) {
        identity.endOtherSessions(request.member());
        return ApiResponse.done("ok.other_sessions_ended");
    }
}
