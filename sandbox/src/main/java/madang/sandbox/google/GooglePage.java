package madang.sandbox.google;

import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.json.Json;
import madang.sandbox.google.GoogleAccounts.Pass;
import madang.sandbox.stand.Courier;
import madang.sandbox.stand.Courier.Received;
import madang.sandbox.stand.Fields;
import madang.sandbox.stand.Html;
import madang.sandbox.stand.Pages;
import madang.sandbox.stand.Randoms;
import madang.sandbox.stand.SigningKeys;
import madang.sandbox.stand.Stall;
import madang.sandbox.stand.Told;
import org.jspecify.annotations.Nullable;

/// `/sandbox/google`: who has a Google account, what phones get, and what Google tells by itself
/// (Cross-Account Protection: signed Security Event Tokens).
final class GooglePage {
    private static final String ACCOUNT_ROUTE = "/api/v1/webhooks/google/account";
    private static final String RISC = "https://schemas.openid.net/secevent/risc/event-type/";
    private static final String OAUTH = "https://schemas.openid.net/secevent/oauth/event-type/";

    /// In its events Google writes its own name with a slash at the end.
    private static final String EVENT_ISSUER = TokenApi.ISSUER + "/";

    private static final Map<String, String> EVENTS = new LinkedHashMap<>();
    private static final Pattern KEY = Pattern.compile("[a-z0-9-]{1,32}");
    private static final Pattern SUB = Pattern.compile("[0-9]{1,255}");
    private static final int MOST_LETTERS = 100;

    static {
        for (String word :
                List.of(
                        "sessions-revoked",
                        "account-disabled",
                        "account-enabled",
                        "account-purged",
                        "account-credential-change-required",
                        "verification")) {
            EVENTS.put(word, RISC + word);
        }
        for (String word : List.of("tokens-revoked", "token-revoked")) {
            EVENTS.put(word, OAUTH + word);
        }
    }

    private final GoogleApp app;
    private final GoogleUsers users;
    private final GoogleAccounts accounts;
    private final TokenApi tokens;
    private final SigningKeys keys;
    private final Courier courier;
    private final Pages pages;
    private final Json json;
    private final InstantSource clock;

    GooglePage(
            GoogleApp app,
            GoogleUsers users,
            GoogleAccounts accounts,
            TokenApi tokens,
            SigningKeys keys,
            Courier courier,
            Pages pages,
            Json json,
            InstantSource clock) {
        this.app = app;
        this.users = users;
        this.accounts = accounts;
        this.tokens = tokens;
        this.keys = keys;
        this.courier = courier;
        this.pages = pages;
        this.json = json;
        this.clock = clock;
    }

    void rows(Stall stall) {
        stall.page("", this::everybody)
                .pressed("/users", this::put)
                .pressed("/users/{user}/event", this::event)
                .pressed("/users/{user}/revoke", this::revoke)
                .pressed("/token-for", this::tokenFor)
                .pressed("/sign", request -> keys.signed(request, json))
                .pressed("/rotate-keys", _ -> keys.rotated());
    }

    private ApiResponse everybody(ApiRequest request) {
        Pages.Page page = pages.to(request);
        return page.answer(
                page.say("room.google"),
                Html.all(users.all().stream().map(user -> card(page, user))),
                Html.of("<h2>{}</h2>", page.say("page.somebody_else")),
                Html.of(
                        """
                        <form method="post" action="/sandbox/google/users" class="row">
                          <input name="key" required pattern="[a-z0-9\\-]+" maxlength="32" aria-label="key" placeholder="key (a-z)">
                          <input name="name" required maxlength="100" aria-label="name" placeholder="name">
                          <input name="email" required type="email" maxlength="100" aria-label="email" placeholder="email">
                          <select name="email_verified" aria-label="email_verified"><option value="true">email_verified</option><option value="false">not verified</option></select>
                          <button class="main">{}</button>
                        </form>\
                        """,
                        page.say("page.add")));
    }

    private Html card(Pages.Page page, GoogleUser user) {
        return Html.of(
                """
                <section class="card"><b>{}</b> <span class="muted">{} · {} · {}</span>
                  <p>{}</p>
                  <p><a href="/sandbox/google/users/{}/calendar">{}</a></p>
                  <form method="post" action="/sandbox/google/users/{}/revoke" class="row"><button>{}</button></form>
                  <form method="post" action="/sandbox/google/users/{}/event" class="row">
                    <select name="event" aria-label="event">{}</select><button>{}</button>
                  </form>
                </section>\
                """,
                user.name(),
                user.key(),
                user.sub(),
                user.email(),
                GoogleScopes.line(accounts.granted(user.key())),
                user.key(),
                page.say("calendar.of", user.name()),
                user.key(),
                page.say("google.revokes"),
                user.key(),
                options(EVENTS.keySet()),
                page.say("google.tells"));
    }

    private static Html options(Collection<String> words) {
        return Html.all(words.stream().map(word -> Html.of("<option>{}</option>", word)));
    }

    /// Adds somebody, or changes who has this key: `name`, `email`, `email_verified`, and as one
    /// likes `sub` and `hd`.
    private ApiResponse put(ApiRequest request) {
        Told told = Told.of(request, json);
        String key = told.text("key");
        @Nullable GoogleUser before = users.find(key);
        GoogleUser user = before == null ? added(key, told) : changed(before, told);
        boolean fits =
                KEY.matcher(key).matches()
                        && SUB.matcher(user.sub()).matches()
                        && !user.name().isEmpty()
                        && user.name().length() <= MOST_LETTERS
                        && user.email().length() <= MOST_LETTERS;
        if (!fits || !users.put(user)) {
            throw Told.wrong("key (a-z, 0-9, -), name or sub (digits) does not fit");
        }
        return Told.isSeen(request)
                ? Told.seenAt("/sandbox/google")
                : ApiResponse.ok(Map.of("key", key, "sub", user.sub()));
    }

    private static GoogleUser added(String key, Told told) {
        String made = "12" + (1_000_000_000L + Integer.toUnsignedLong(key.hashCode()));
        return changed(new GoogleUser(key, made, key + "@example.com", true, key, null), told);
    }

    private static GoogleUser changed(GoogleUser before, Told told) {
        String domain = told.textOr("hd", before.domain() == null ? "" : before.domain());
        return new GoogleUser(
                before.key(),
                told.textOr("sub", before.sub()),
                told.textOr("email", before.email()),
                told.textOr("email_verified", "" + before.isEmailVerified()).equals("true"),
                told.textOr("name", before.name()).strip(),
                domain.isEmpty() ? null : domain);
    }

    /// What an SDK on a phone would hold: `user`, and as one likes `audience` (a client id; the
    /// Android one by default), `nonce`, `scopes`, `iss` (Google still writes its name without
    /// `https://` here and there), and `refresh` for a refresh token beside it.
    private ApiResponse tokenFor(ApiRequest request) {
        Told told = Told.of(request, json);
        @Nullable GoogleUser user = users.find(told.text("user"));
        if (user == null) {
            throw Told.wrong("nobody has this key");
        }
        List<String> scopes =
                GoogleScopes.named(Fields.split(told.textOr("scopes", "openid email profile")));
        accounts.grant(user.key(), scopes);
        Pass pass =
                new Pass(
                        user.key(),
                        told.textOr("audience", app.androidClient()),
                        scopes,
                        told.text("nonce").isEmpty() ? null : told.text("nonce"));
        Map<String, Object> body =
                tokens.body(pass, Map.of("iss", told.textOr("iss", TokenApi.ISSUER)));
        if (told.text("refresh").equals("true")) {
            body.put("refresh_token", accounts.refresh(pass));
        }
        return ApiResponse.ok(body);
    }

    /// He takes everything back in Google's own settings. Google tells nobody of that by itself.
    private ApiResponse revoke(ApiRequest request) {
        GoogleUser user = user(request);
        accounts.revokeAll(user.key());
        return Told.isSeen(request)
                ? Told.seenAt("/sandbox/google")
                : ApiResponse.ok(Map.of("sub", user.sub()));
    }

    /// `event` by its last word or whole address, and as one likes `jti`, `reason`, and the `token`
    /// of `token-revoked`.
    private ApiResponse event(ApiRequest request) {
        GoogleUser user = user(request);
        Told told = Told.of(request, json);
        Received received =
                courier.post(
                        ACCOUNT_ROUTE,
                        "application/secevent+jwt",
                        keys.sign("secevent+jwt", event(user, told)),
                        Map.of("Accept", "application/json"));
        if (!Told.isSeen(request)) {
            return ApiResponse.ok(received);
        }
        Pages.Page page = pages.to(request);
        return page.answer(
                page.say("page.product_said", received.status()),
                Html.of("<pre>{}</pre>", received.body()),
                Html.of("<p><a href=\"/sandbox/google\">{}</a></p>", page.say("page.back")));
    }

    private Map<String, Object> event(GoogleUser user, Told told) {
        String event = told.textOr("event", "sessions-revoked");
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", EVENT_ISSUER);
        claims.put("aud", app.webClient());
        claims.put("iat", clock.instant().getEpochSecond());
        claims.put("jti", told.textOr("jti", Randoms.word()));
        claims.put("events", Map.of(EVENTS.getOrDefault(event, event), payload(user, event, told)));
        return claims;
    }

    private static Map<String, Object> payload(GoogleUser user, String event, Told told) {
        Map<String, Object> subject = new LinkedHashMap<>();
        switch (event) {
            case "verification" -> {
                return Map.of("state", told.text("state"));
            }
            case "token-revoked" -> {
                String token = told.text("token");
                subject.put("subject_type", "oauth_token");
                subject.put("token_type", "refresh_token");
                subject.put("token_identifier_alg", "prefix");
                subject.put("token", token.substring(0, Math.min(16, token.length())));
            }
            default -> {
                subject.put("subject_type", "iss-sub");
                subject.put("iss", EVENT_ISSUER);
                subject.put("sub", user.sub());
            }
        }
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("subject", subject);
        if (!told.text("reason").isEmpty()) {
            payload.put("reason", told.text("reason"));
        }
        return payload;
    }

    private GoogleUser user(ApiRequest request) {
        @Nullable GoogleUser user = users.find(request.place("user"));
        if (user == null) {
            throw Told.wrong("nobody has this key");
        }
        return user;
    }
}
