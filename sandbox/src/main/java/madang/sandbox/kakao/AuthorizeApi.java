package madang.sandbox.kakao;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.sandbox.kakao.KakaoAccounts.Code;
import madang.sandbox.kakao.KakaoAccounts.SignIn;
import madang.sandbox.stand.Fields;
import madang.sandbox.stand.Html;
import madang.sandbox.stand.Pages;
import madang.sandbox.stand.Redirects;
import madang.sandbox.stand.SignInForms;
import madang.sandbox.stand.Stall;
import org.jspecify.annotations.Nullable;

/// `/oauth/authorize`: who are you, and what may the app know. The page asks twice, as Kakao does;
/// a test says both in one request, by `sandbox_user` (and `sandbox_answer=deny`, or
/// `sandbox_scopes` for what is ticked).
final class AuthorizeApi {
    private static final String REMEMBERED = "sandbox_kakao";

    /// What the product asked for, checked.
    private record Ask(
            String clientId,
            String redirectUri,
            List<String> scopes,
            Set<String> prompts,
            Map<String, String> said) {

        @Nullable String nonce() {
            return said.get("nonce");
        }

        @Nullable String state() {
            return said.get("state");
        }

        boolean isOpenid() {
            return scopes.contains(KakaoScopes.OPENID);
        }

        List<String> consents() {
            return scopes.stream().filter(scope -> !scope.equals(KakaoScopes.OPENID)).toList();
        }
    }

    private final KakaoApp app;
    private final KakaoUsers users;
    private final KakaoAccounts accounts;
    private final Pages pages;
    private final InstantSource clock;

    AuthorizeApi(
            KakaoApp app,
            KakaoUsers users,
            KakaoAccounts accounts,
            Pages pages,
            InstantSource clock) {
        this.app = app;
        this.users = users;
        this.accounts = accounts;
        this.pages = pages;
        this.clock = clock;
    }

    void rows(Stall stall) {
        stall.page("/oauth/authorize", this::authorize)
                .pressed("/oauth/authorize", this::authorize);
    }

    private ApiResponse authorize(ApiRequest request) {
        Fields fields = Fields.of(request);
        @Nullable String fault = fault(fields, request);
        if (fault != null) {
            return broken(request, fault);
        }
        Ask ask = ask(fields);
        if (ask.prompts().contains("none")) {
            return silently(request, ask);
        }
        @Nullable KakaoUser decided = users.find(fields.text("sandbox_user"));
        if (decided != null) {
            return decided(ask, decided, fields);
        }
        @Nullable KakaoUser chosen = users.find(fields.text("person"));
        if (chosen == null) {
            return whoAreYou(request, ask);
        }
        return missing(ask, chosen).isEmpty() ? admitted(ask, chosen) : mayIt(request, ask, chosen);
    }

    /// The KOE code of what Kakao shows on a page of its own, because it cannot trust the address
    /// to send anybody back to; null where nothing is wrong.
    private @Nullable String fault(Fields fields, ApiRequest request) {
        if (!app.hasKey(fields.text("client_id"))) {
            return "KOE101";
        }
        if (!Redirects.isRegistered(fields.text("redirect_uri"), request)) {
            return "KOE006";
        }
        if (!fields.text("response_type").equals("code")) {
            return "KOE001";
        }
        return fields.words("scope").stream().allMatch(KakaoScopes::isKnown) ? null : "KOE205";
    }

    private static Ask ask(Fields fields) {
        Map<String, String> said = new LinkedHashMap<>();
        Stream.of(
                        "client_id",
                        "redirect_uri",
                        "response_type",
                        "scope",
                        "state",
                        "nonce",
                        "prompt",
                        "login_hint")
                .filter(fields::has)
                .forEach(name -> said.put(name, fields.text(name)));
        List<String> scopes = fields.words("scope");
        return new Ask(
                fields.text("client_id"),
                fields.text("redirect_uri"),
                scopes.isEmpty() ? KakaoScopes.ASKED_BY_DEFAULT : scopes,
                Set.copyOf(fields.words("prompt")),
                said);
    }

    /// No page at all: whoever is remembered and has agreed to everything comes through.
    private ApiResponse silently(ApiRequest request, Ask ask) {
        @Nullable String remembered = request.cookie(REMEMBERED);
        @Nullable KakaoUser user = remembered == null ? null : users.find(remembered);
        if (user == null) {
            return failed(ask, "login_required", "user authentication is required");
        }
        return missing(ask, user).isEmpty()
                ? admitted(ask, user)
                : failed(ask, "consent_required", "user consent is required");
    }

    private ApiResponse decided(Ask ask, KakaoUser user, Fields fields) {
        if (fields.text("sandbox_answer").equals("deny")) {
            return failed(ask, "access_denied", "User denied access");
        }
        List<String> missing = missing(ask, user);
        List<String> ticked =
                fields.has("sandbox_scopes")
                        ? fields.words("sandbox_scopes")
                        : missing.stream()
                                .filter(scope -> !user.refuses().contains(scope))
                                .toList();
        accounts.agree(
                user.id(),
                missing.stream()
                        .filter(scope ->
                                ticked.contains(scope) || KakaoScopes.REQUIRED.contains(scope))
                        .toList());
        return admitted(ask, user);
    }

    private List<String> missing(Ask ask, KakaoUser user) {
        Set<String> agreed = accounts.scopes(user.id());
        return ask.consents().stream().filter(scope -> !agreed.contains(scope)).toList();
    }

    private ApiResponse admitted(Ask ask, KakaoUser user) {
        accounts.agree(user.id(), List.of());
        SignIn signIn =
                new SignIn(ask.clientId(), ask.isOpenid(), ask.nonce(), clock.instant(), false);
        String code = accounts.code(new Code(user.id(), signIn, ask.redirectUri()));
        return back(ask, Map.of("code", code))
                .header(
                        "Set-Cookie",
                        REMEMBERED
                                + "="
                                + user.key()
                                + "; Path=/sandbox/kakao; HttpOnly; SameSite=Lax");
    }

    private static ApiResponse failed(Ask ask, String error, String description) {
        Map<String, String> told = new LinkedHashMap<>();
        told.put("error", error);
        told.put("error_description", description);
        return back(ask, told);
    }

    private static ApiResponse back(Ask ask, Map<String, String> told) {
        return Redirects.to(ask.redirectUri(), told, ask.state());
    }

    private ApiResponse whoAreYou(ApiRequest request, Ask ask) {
        Pages.Page page = pages.to(request).leadsTo(ask.redirectUri());
        return page.answer(
                page.say("page.who_are_you"),
                Html.of("<p>{}</p>", page.say("page.not_real", "Kakao")),
                forms(ask)
                        .who(
                                users.all().stream()
                                        .map(user ->
                                                new SignInForms.Choice(
                                                        user.key(),
                                                        user.nickname(),
                                                        page.say("kakao." + note(user))))),
                Html.of(
                        "<p><a href=\"/sandbox/kakao\">{}</a></p>",
                        page.say("page.somebody_else")));
    }

    /// Of the cast everybody is told apart by his surprise; of the others there is no more to say.
    private static String note(KakaoUser user) {
        return KakaoUsers.NOTED.contains(user.key()) ? user.key() : "added";
    }

    private ApiResponse mayIt(ApiRequest request, Ask ask, KakaoUser user) {
        Pages.Page page = pages.to(request).leadsTo(ask.redirectUri());
        return page.answer(
                page.say("page.may_it", user.nickname()),
                forms(ask)
                        .consent(
                                page,
                                user.key(),
                                missing(ask, user).stream()
                                        .map(scope ->
                                                new SignInForms.Box(
                                                        scope,
                                                        !user.refuses().contains(scope),
                                                        KakaoScopes.REQUIRED.contains(scope)))));
    }

    private static SignInForms forms(Ask ask) {
        return new SignInForms("/sandbox/kakao/oauth/authorize", ask.said());
    }

    private ApiResponse broken(ApiRequest request, String koe) {
        Pages.Page page = pages.to(request).status(400);
        return page.answer(
                koe, Html.of("<p>{}</p>", page.say("kakao." + koe.toLowerCase(Locale.ROOT))));
    }
}
