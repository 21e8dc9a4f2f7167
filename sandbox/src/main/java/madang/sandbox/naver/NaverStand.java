package madang.sandbox.naver;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Routes;
import madang.sandbox.stand.Faults;
import madang.sandbox.stand.Fields;
import madang.sandbox.stand.Html;
import madang.sandbox.stand.Kept;
import madang.sandbox.stand.Pages;
import madang.sandbox.stand.Redirects;
import madang.sandbox.stand.Refused;
import madang.sandbox.stand.SignInForms;
import madang.sandbox.stand.Stall;
import org.jspecify.annotations.Nullable;

/// The stand-in of Naver, whole: its page, its tokens, its profile, below `/sandbox/naver`.
public final class NaverStand {
    private static final String AUTHORIZE = "/oauth2.0/authorize";
    private static final Duration CODE_LIFE = Duration.ofMinutes(10);
    private static final Duration ACCESS_LIFE = Duration.ofHours(1);
    private static final Duration REFRESH_LIFE = Duration.ofDays(365);

    /// What a profile may hold beside the id, each with a box on the page.
    private static final List<String> ITEMS =
            List.of(
                    "nickname",
                    "profile_image",
                    "age",
                    "gender",
                    "email",
                    "mobile",
                    "name",
                    "birthday",
                    "birthyear");

    private record Code(String user, String state) {}

    private final NaverApp app;
    private final Pages pages;
    private final Faults.OfVendor faults;
    private final Map<String, Set<String>> consents = new ConcurrentHashMap<>();
    private final Kept<Code> codes;
    private final Kept<String> accessTokens;
    private final Kept<String> refreshTokens;

    public NaverStand(NaverApp app, Pages pages, Faults faults, InstantSource clock) {
        this.app = app;
        this.pages = pages;
        this.faults = faults.of("naver", code -> oauth(code, "ordered"));
        codes = new Kept<>(clock);
        accessTokens = new Kept<>(clock);
        refreshTokens = new Kept<>(clock);
    }

    public void routes(Routes routes) {
        Stall.of(routes, "naver", faults)
                .page(AUTHORIZE, this::authorize)
                .pressed(AUTHORIZE, this::authorize)
                .both("/oauth2.0/token", this::token)
                .get("/v1/nid/me", this::me);
    }

    private ApiResponse authorize(ApiRequest request) {
        Fields fields = Fields.of(request);
        @Nullable String fault = fault(fields, request);
        if (fault != null) {
            Pages.Page page = pages.to(request).status(400);
            return page.answer(fault, Html.of("<p>{}</p>", page.say("naver." + fault)));
        }
        @Nullable NaverUser decided = user(fields.text("sandbox_user"));
        if (decided != null) {
            return decided(fields, decided);
        }
        @Nullable NaverUser chosen = user(fields.text("person"));
        if (chosen == null) {
            return whoAreYou(request, fields);
        }
        boolean isAsked = fields.text("auth_type").equals("reprompt");
        return consents.containsKey(chosen.key()) && !isAsked
                ? admitted(fields, chosen)
                : mayIt(request, fields, chosen);
    }

    private @Nullable String fault(Fields fields, ApiRequest request) {
        if (!fields.text("client_id").equals(app.clientId())) {
            return "invalid_client";
        }
        if (!Redirects.isRegistered(fields.text("redirect_uri"), request)) {
            return "redirect_uri_mismatch";
        }
        return fields.text("response_type").equals("code") ? null : "unsupported_response_type";
    }

    private ApiResponse decided(Fields fields, NaverUser user) {
        if (fields.text("sandbox_answer").equals("deny")) {
            Map<String, String> told = new LinkedHashMap<>();
            told.put("error", "access_denied");
            told.put("error_description", "Canceled By User");
            return Redirects.to(fields.text("redirect_uri"), told, fields.get("state"));
        }
        if (fields.has("sandbox_scopes")) {
            consents.put(user.key(), Set.copyOf(fields.words("sandbox_scopes")));
        } else {
            consents.putIfAbsent(user.key(), Set.copyOf(ITEMS));
        }
        return admitted(fields, user);
    }

    private ApiResponse admitted(Fields fields, NaverUser user) {
        String code = codes.keep(new Code(user.key(), fields.text("state")), CODE_LIFE);
        return Redirects.to(fields.text("redirect_uri"), Map.of("code", code), fields.get("state"));
    }

    private ApiResponse whoAreYou(ApiRequest request, Fields fields) {
        Pages.Page page = pages.to(request).leadsTo(fields.text("redirect_uri"));
        return page.answer(
                page.say("page.who_are_you"),
                Html.of("<p>{}</p>", page.say("page.not_real", "Naver")),
                forms(fields)
                        .who(
                                NaverUser.CAST.stream()
                                        .map(user ->
                                                new SignInForms.Choice(
                                                        user.key(),
                                                        user.nickname(),
                                                        user.email()))));
    }

    private ApiResponse mayIt(ApiRequest request, Fields fields, NaverUser user) {
        Pages.Page page = pages.to(request).leadsTo(fields.text("redirect_uri"));
        return page.answer(
                page.say("page.may_it", user.nickname()),
                forms(fields)
                        .consent(
                                page,
                                user.key(),
                                ITEMS.stream()
                                        .map(item -> new SignInForms.Box(item, true, false))));
    }

    private static SignInForms forms(Fields fields) {
        Map<String, String> said = new LinkedHashMap<>();
        Stream.of("client_id", "redirect_uri", "response_type", "state", "auth_type")
                .filter(fields::has)
                .forEach(name -> said.put(name, fields.text(name)));
        return new SignInForms("/sandbox/naver" + AUTHORIZE, said);
    }

    /// By GET or POST, and every no with status 200.
    private ApiResponse token(ApiRequest request) {
        Fields fields = Fields.of(request);
        boolean isOurs =
                fields.text("client_id").equals(app.clientId())
                        && fields.text("client_secret").equals(app.clientSecret());
        if (!isOurs) {
            throw oauth("invalid_client", "wrong client id / client secret pair.");
        }
        return ApiResponse.ok(
                switch (fields.text("grant_type")) {
                    case "authorization_code" -> changed(fields);
                    case "refresh_token" -> refreshed(fields);
                    case "delete" -> deleted(fields);
                    default -> throw oauth("invalid_request", "unsupported grant_type");
                });
    }

    private Map<String, Object> changed(Fields fields) {
        Kept.@Nullable Held<Code> held = codes.take(fields.text("code"));
        if (held == null || !held.thing().state().equals(fields.text("state"))) {
            throw oauth("invalid_request", "no valid data in session");
        }
        String user = held.thing().user();
        Map<String, Object> body = body(user);
        body.put("refresh_token", refreshTokens.keep(user, REFRESH_LIFE));
        return body;
    }

    private Map<String, Object> refreshed(Fields fields) {
        Kept.@Nullable Held<String> held = refreshTokens.find(fields.text("refresh_token"));
        if (held == null) {
            throw oauth("invalid_request", "invalid refresh_token");
        }
        return body(held.thing());
    }

    private Map<String, Object> body(String user) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("access_token", accessTokens.keep(user, ACCESS_LIFE));
        body.put("token_type", "bearer");
        body.put("expires_in", Long.toString(ACCESS_LIFE.toSeconds()));
        return body;
    }

    private Map<String, Object> deleted(Fields fields) {
        String token = fields.text("access_token");
        Kept.@Nullable Held<String> held = accessTokens.find(token);
        if (held == null) {
            throw oauth("invalid_request", "invalid access_token");
        }
        String user = held.thing();
        consents.remove(user);
        accessTokens.forget(user::equals);
        refreshTokens.forget(user::equals);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("access_token", token);
        body.put("result", "success");
        return body;
    }

    private ApiResponse me(ApiRequest request) {
        @Nullable String token = request.bearer();
        if (token == null) {
            throw api(401, "028", "Authentication header not exists (인증 헤더가 없습니다.)");
        }
        Kept.@Nullable Held<String> held = accessTokens.find(token);
        @Nullable NaverUser user = held == null ? null : user(held.thing());
        if (user == null) {
            throw api(401, "024", "Authentication failed (인증에 실패했습니다.)");
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("resultcode", "00");
        body.put("message", "success");
        body.put("response", profile(user));
        return ApiResponse.ok(body);
    }

    private Map<String, Object> profile(NaverUser user) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("nickname", user.nickname());
        all.put("profile_image", "https://naver.example/" + user.key() + ".png");
        all.put("age", user.age());
        all.put("gender", user.gender());
        all.put("email", user.email());
        all.put("mobile", user.mobile());
        all.put("mobile_e164", "+82" + user.mobile().replace("-", "").substring(1));
        all.put("name", user.name());
        all.put("birthday", user.birthday());
        all.put("birthyear", user.birthyear());
        Set<String> agreed = consents.getOrDefault(user.key(), Set.of());
        all.keySet().removeIf(item -> !agreed.contains(item.replace("_e164", "")));
        Map<String, Object> profile = new LinkedHashMap<>();
        profile.put("id", user.id());
        profile.putAll(all);
        return profile;
    }

    private static @Nullable NaverUser user(String key) {
        return NaverUser.withKey(key).findAny().orElse(null);
    }

    private static Refused oauth(String error, String description) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", error);
        body.put("error_description", description);
        return new Refused(ApiResponse.ok(body));
    }

    private static Refused api(int status, String code, String message) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("resultcode", code);
        body.put("message", message);
        return new Refused(ApiResponse.of(status, body));
    }
}
