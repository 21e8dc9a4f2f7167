package madang.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import madang.kit.http.Access;
import madang.kit.http.ApiResponse;
import madang.kit.http.Limit;
import madang.kit.http.Route;
import madang.kit.http.Routes;
import madang.testing.CalledRoutes;
import madang.testing.House;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/// The route table against what was decided and what was tried. It runs last.
@Order(Integer.MAX_VALUE)
class RouteTest {
    /// Whoever opens one more door to everybody says here why.
    private static final Set<String> OPEN =
            Set.of(
                    // Probes, the document and the pages are for whoever comes.
                    "GET /health",
                    "GET /ready",
                    "GET /api/v1/health/detailed",
                    "GET /docs",
                    "GET /docs/start.js",
                    "GET /docs/openapi.yaml",
                    "GET /docs/openapi.json",
                    "GET /docs/sockets",
                    "GET /docs/asyncapi.yaml",
                    "GET /",
                    "GET /welcome",
                    "GET /reset",
                    "GET /verify-email",
                    "GET /magic",
                    "GET /account",
                    "GET /chat",
                    "GET /chat/{room}",
                    "GET /friends",
                    "GET /events",
                    "GET /events/{event}",
                    "GET /events/{event}/chat",
                    "GET /invite/{code}",
                    "GET /polls",
                    "GET /polls/{code}",
                    "GET /slots",
                    "GET /slots/{slot}",
                    "GET /settings",
                    "GET /settings/{part}",
                    "GET /assets/{file...}",
                    "GET /client/{file...}",
                    "GET /webjars/{file...}",
                    // What is offered to everybody is seen by anybody.
                    "GET /api/v1/open-slots",
                    "GET /api/v1/open-slots/{slot}",
                    "GET /api/v1/open-slots/hosts/{username}",
                    // What people are asked to agree to, they read before they sign up.
                    "GET /api/v1/consents",
                    // Who has no token yet comes to get one; the refresh token is its own proof.
                    "POST /api/v1/auth/register",
                    "POST /api/v1/auth/login",
                    "POST /api/v1/auth/refresh",
                    "POST /api/v1/auth/passkey",
                    "POST /api/v1/auth/passkey/options",
                    // Guests, and who proves who he is by a mailbox or a phone.
                    "POST /api/v1/auth/anonymous",
                    "POST /api/v1/auth/forgot-password",
                    "POST /api/v1/auth/reset-password",
                    "POST /api/v1/auth/verify-email",
                    "POST /api/v1/auth/magic-link",
                    "POST /api/v1/auth/magic-link/verify",
                    "POST /api/v1/auth/phone/send",
                    "POST /api/v1/auth/phone/verify",
                    // Who comes by a provider: his state, code or token is his proof.
                    "GET /api/v1/auth/providers",
                    "GET /api/v1/auth/kakao",
                    "GET /api/v1/auth/google",
                    "GET /api/v1/auth/naver",
                    "GET /api/v1/auth/kakao/callback",
                    "GET /api/v1/auth/google/callback",
                    "GET /api/v1/auth/naver/callback",
                    "POST /api/v1/auth/kakao/callback",
                    "POST /api/v1/auth/google/callback",
                    "POST /api/v1/auth/naver/callback",
                    "POST /api/v1/auth/kakao",
                    "POST /api/v1/auth/google",
                    "POST /api/v1/auth/google/calendar",
                    // Providers prove themselves by a key or a signature.
                    "GET /api/v1/webhooks/kakao/unlink",
                    "POST /api/v1/webhooks/kakao/unlink",
                    "POST /api/v1/webhooks/kakao/account",
                    "POST /api/v1/webhooks/google/account",
                    "POST /api/v1/webhooks/google/calendar",
                    // The secret in a feed's address is all that a calendar program can show.
                    "GET /api/v1/calendar/feed/{token}",
                    "POST /auth/register",
                    "POST /auth/login",
                    "POST woongkie:/auth/refresh",
                    // The secret in a webhook's address is all that it asks for.
                    "POST /api/v1/chat/hooks/{token}",
                    // The door of the sockets asks for a ticket or a token itself.
                    "GET /api/v1/chat/sse",
                    "GET /api/v1/chat/ws",
                    "GET /api/v1/ws",
                    "GET /rooms/{room}/ws",
                    "GET woongkie:/server");

    private static House house;

    @BeforeAll
    static void open() {
        house = House.open();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void doors_stand_open_on_purpose_only() {
        assertThat(names(routes().stream().filter(RouteTest::isOpenByAccident).toList())).isEmpty();
        assertThat(isOpenByAccident(planted())).isTrue();
    }

    @Test
    void who_changes_something_has_a_limit() {
        assertThat(names(routes().stream().filter(RouteTest::isBoundless).toList())).isEmpty();
        assertThat(isBoundless(planted())).isTrue();
    }

    @Test
    void a_route_that_nobody_calls_is_named() {
        Routes table = new Routes();
        Route hay = table.get("/api/v1/hay", Access.USER, Limit.API, _ -> ApiResponse.of(200, ""));
        table.get("/api/v1/straw", Access.USER, Limit.API, _ -> ApiResponse.of(200, ""));
        assertThat(uncalled(table.all(), Set.of(hay.toString())))
                .containsExactly("GET /api/v1/straw");
    }

    /// Only of the whole suite can it be asked; `./madang test` says when it is whole.
    @Test
    void every_route_was_called() {
        assumeTrue(Boolean.getBoolean("madang.whole"), "only a part of the tests runs");
        assertThat(uncalled(routes(), CalledRoutes.all())).isEmpty();
    }

    @Test
    void the_document_is_the_table() throws IOException {
        Made.sameAs(Path.of("docs/openapi.yaml"), house.wiring().document().yaml());
    }

    @Test
    void the_document_of_the_socket_is_its_tables() throws IOException {
        Made.sameAs(Path.of("docs/asyncapi.yaml"), house.wiring().socketDocument().yaml());
    }

    private static List<Route> routes() {
        return house.wiring().routes().all();
    }

    private static Route planted() {
        return new Routes()
                .delete(
                        "/api/v1/hay/{hay}",
                        Access.PUBLIC,
                        Limit.NONE,
                        _ -> ApiResponse.of(200, ""));
    }

    /// Stand-ins are as open as the vendors that they play, and stand in development alone.
    private static boolean isOpenByAccident(Route route) {
        return route.access() == Access.PUBLIC
                && !OPEN.contains(route.toString())
                && !route.path().startsWith("/sandbox");
    }

    private static boolean isBoundless(Route route) {
        return !route.method().equals("GET") && route.limit().equals(Limit.NONE);
    }

    private static Set<String> uncalled(Collection<Route> routes, Set<String> called) {
        Set<String> names = names(routes);
        names.removeAll(called);
        return names;
    }

    private static Set<String> names(Collection<Route> routes) {
        return routes.stream().map(Route::toString).collect(Collectors.toCollection(TreeSet::new));
    }
}
