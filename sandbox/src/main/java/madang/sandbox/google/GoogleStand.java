package madang.sandbox.google;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Routes;
import madang.kit.json.Json;
import madang.sandbox.stand.Courier;
import madang.sandbox.stand.Faults;
import madang.sandbox.stand.Pages;
import madang.sandbox.stand.SigningKeys;
import madang.sandbox.stand.Stall;

/// Builds the stand-in of Google and hangs up its rows below `/sandbox/google`.
public final class GoogleStand {
    private static final long KEYS_MAX_AGE_SECONDS = 20_000;

    private final AuthorizeApi authorize;
    private final TokenApi tokens;
    private final GooglePage page;
    private final CalendarApi calendar;
    private final CalendarPage calendarPage;
    private final Faults.OfVendor faults;
    private final Faults.OfVendor calendarFaults;
    private final SigningKeys keys = new SigningKeys(2);

    public GoogleStand(
            GoogleApp app,
            Pages pages,
            Faults faults,
            Courier courier,
            Json json,
            InstantSource clock) {
        GoogleUsers users = new GoogleUsers();
        GoogleAccounts accounts = new GoogleAccounts(clock);
        authorize = new AuthorizeApi(app, users, accounts, pages);
        tokens = new TokenApi(app, users, accounts, keys, clock);
        page = new GooglePage(app, users, accounts, tokens, keys, courier, pages, json, clock);
        CalendarChannels channels =
                new CalendarChannels(
                        user -> accounts.granted(user).stream().anyMatch(CalendarApi::isOfCalendar),
                        courier,
                        clock);
        CalendarBooks books = new CalendarBooks(clock, channels::changed);
        calendar = new CalendarApi(users, accounts, books, channels, json, clock);
        calendarPage = new CalendarPage(users, books, channels, pages, json);
        this.faults = faults.of("google", GoogleErrors::ordered);
        calendarFaults = faults.of("google-calendar", CalendarErrors::ordered);
    }

    public void routes(Routes routes) {
        Stall stall = Stall.of(routes, "google", faults);
        authorize.rows(stall);
        tokens.rows(stall);
        page.rows(stall);
        calendarPage.rows(stall);
        calendar.rows(Stall.of(routes, "google", calendarFaults));
        stall.get("/.well-known/openid-configuration", GoogleStand::discovery)
                .get("/oauth2/v3/certs", _ -> keys.answer(KEYS_MAX_AGE_SECONDS));
    }

    private static ApiResponse discovery(ApiRequest request) {
        String here = request.ownOrigin() + Stall.ROOT + "/google";
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("issuer", TokenApi.ISSUER);
        body.put("authorization_endpoint", here + "/o/oauth2/v2/auth");
        body.put("token_endpoint", here + "/token");
        body.put("userinfo_endpoint", here + "/v1/userinfo");
        body.put("revocation_endpoint", here + "/revoke");
        body.put("jwks_uri", here + "/oauth2/v3/certs");
        body.put("response_types_supported", List.of("code"));
        body.put("subject_types_supported", List.of("public"));
        body.put("id_token_signing_alg_values_supported", List.of("RS256"));
        body.put("scopes_supported", List.of("openid", "email", "profile"));
        body.put(
                "token_endpoint_auth_methods_supported",
                List.of("client_secret_post", "client_secret_basic"));
        body.put("code_challenge_methods_supported", List.of("plain", "S256"));
        body.put("grant_types_supported", List.of("authorization_code", "refresh_token"));
        return ApiResponse.ok(body);
    }
}
