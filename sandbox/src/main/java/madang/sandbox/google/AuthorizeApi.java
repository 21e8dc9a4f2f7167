package madang.sandbox.google;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.sandbox.google.GoogleAccounts.Code;
import madang.sandbox.google.GoogleAccounts.Pass;
import madang.sandbox.stand.Fields;
import madang.sandbox.stand.Html;
import madang.sandbox.stand.Pages;
import madang.sandbox.stand.Redirects;
import madang.sandbox.stand.SignInForms;
import madang.sandbox.stand.Stall;
import org.jspecify.annotations.Nullable;

/// `/o/oauth2/v2/auth`: who are you, and what may the app do. A test says both in one request, by
/// `sandbox_user` (and `sandbox_answer=deny`, or `sandbox_scopes` for what is ticked).
final class AuthorizeApi {
    private static final String PATH = "/o/oauth2/v2/auth";
    private static final String REMEMBERED = "sandbox_google";

    /// What the product asked for, checked.
    private record Ask(Map<String, String> said, List<String> scopes, Set<String> prompts) {
        String text(String name) {
            return said.getOrDefault(name, "");
        }

        boolean isOffline() {
            return text("access_type").equals("offline");
        }
    }

    private final GoogleApp app;
    private final GoogleUsers users;
    private final GoogleAccounts accounts;
    private final Pages pages;

    AuthorizeApi(GoogleApp app, GoogleUsers users, GoogleAccounts accounts, Pages pages) {
        this.app = app;
        this.users = users;
        this.accounts = accounts;
        this.pages = pages;
    }

    void rows(Stall stall) {
        stall.page(PATH, this::authorize).pressed(PATH, this::authorize);
    }

    private ApiResponse authorize(ApiRequest request) {
        Fields fields = Fields.of(request);
        Ask ask = ask(fields);
        @Nullable String fault = fault(ask, request);
        if (fault != null) {
            return broken(request, fault);
        }
        if (ask.prompts().contains("none")) {
            return silently(request, ask);
        }
        @Nullable GoogleUser decided = users.find(fields.text("sandbox_user"));
        if (decided != null) {
            return decided(ask, decided, fields);
        }
        @Nullable GoogleUser chosen = users.find(fields.text("person"));
        if (chosen == null) {
            return whoAreYou(request, ask);
        }
        return isAsked(ask, chosen) ? mayIt(request, ask, chosen) : admitted(ask, chosen, false);
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
                        "code_challenge",
                        "code_challenge_method",
                        "access_type",
                        "prompt",
                        "include_granted_scopes",
                        "login_hint",
                        "hd")
                .filter(fields::has)
                .forEach(name -> said.put(name, fields.text(name)));
        return new Ask(
                said,
                GoogleScopes.named(fields.words("scope")),
                Set.copyOf(fields.words("prompt")));
    }

    /// What Google shows on a page of its own, because it cannot trust the address to send anybody
    /// back to; null where nothing is wrong.
    private @Nullable String fault(Ask ask, ApiRequest request) {
        if (!app.clients().contains(ask.text("client_id"))) {
            return "invalid_client";
        }
        if (!Redirects.isRegistered(ask.text("redirect_uri"), request)) {
            return "redirect_uri_mismatch";
        }
        if (!ask.scopes().stream().allMatch(GoogleScopes::isKnown)) {
            return "invalid_scope";
        }
        boolean isWhole =
                ask.text("response_type").equals("code")
                        && !ask.scopes().isEmpty()
                        && Set.of("", "S256", "plain").contains(ask.text("code_challenge_method"));
        return isWhole ? null : "invalid_request";
    }

    /// No page at all: whoever is remembered and has granted everything comes through.
    private ApiResponse silently(ApiRequest request, Ask ask) {
        @Nullable String remembered = request.cookie(REMEMBERED);
        @Nullable GoogleUser user = remembered == null ? null : users.find(remembered);
        if (user == null) {
            return back(ask, Map.of("error", "login_required"));
        }
        return accounts.granted(user.key()).containsAll(ask.scopes())
                ? admitted(ask, user, false)
                : back(ask, Map.of("error", "interaction_required"));
    }

    private boolean isAsked(Ask ask, GoogleUser user) {
        return ask.prompts().contains("consent")
                || !accounts.granted(user.key()).containsAll(ask.scopes());
    }

    private ApiResponse decided(Ask ask, GoogleUser user, Fields fields) {
        if (fields.text("sandbox_answer").equals("deny")) {
            return back(ask, Map.of("error", "access_denied"));
        }
        boolean isAsked = isAsked(ask, user);
        Set<String> ticked =
                fields.has("sandbox_scopes")
                        ? Set.copyOf(GoogleScopes.named(fields.words("sandbox_scopes")))
                        : Set.copyOf(ask.scopes());
        if (isAsked) {
            accounts.grant(
                    user.key(),
                    ask.scopes().stream()
                            .filter(scope ->
                                    !GoogleScopes.isGranular(scope) || ticked.contains(scope))
                            .toList());
        }
        return admitted(ask, user, isAsked);
    }

    /// @param isFresh whether consent was just given: only then a refresh token comes along
    private ApiResponse admitted(Ask ask, GoogleUser user, boolean isFresh) {
        Set<String> granted = accounts.granted(user.key());
        List<String> scopes =
                ask.text("include_granted_scopes").equals("true")
                        ? List.copyOf(granted)
                        : ask.scopes().stream().filter(granted::contains).toList();
        Code code =
                new Code(
                        new Pass(
                                user.key(), ask.text("client_id"), scopes, ask.said().get("nonce")),
                        ask.text("redirect_uri"),
                        ask.said().get("code_challenge"),
                        !ask.text("code_challenge_method").equals("S256"),
                        isFresh && ask.isOffline());
        Map<String, String> told = new LinkedHashMap<>();
        told.put("code", accounts.code(code));
        told.put("scope", GoogleScopes.line(scopes));
        told.put("authuser", "0");
        told.put("prompt", isFresh ? "consent" : "none");
        return back(ask, told)
                .header(
                        "Set-Cookie",
                        REMEMBERED
                                + "="
                                + user.key()
                                + "; Path=/sandbox/google; HttpOnly; SameSite=Lax");
    }

    private static ApiResponse back(Ask ask, Map<String, String> told) {
        return Redirects.to(ask.text("redirect_uri"), told, ask.said().get("state"));
    }

    private ApiResponse whoAreYou(ApiRequest request, Ask ask) {
        Pages.Page page = pages.to(request).leadsTo(ask.text("redirect_uri"));
        return page.answer(
                page.say("page.who_are_you"),
                Html.of("<p>{}</p>", page.say("page.not_real", "Google")),
                forms(ask)
                        .who(
                                users.all().stream()
                                        .map(user ->
                                                new SignInForms.Choice(
                                                        user.key(),
                                                        user.name(),
                                                        user.email() + " · " + note(page, user)))),
                Html.of(
                        "<p><a href=\"/sandbox/google\">{}</a></p>",
                        page.say("page.somebody_else")));
    }

    private static String note(Pages.Page page, GoogleUser user) {
        return page.say(
                "google." + (GoogleUsers.NOTED.contains(user.key()) ? user.key() : "added"));
    }

    private ApiResponse mayIt(ApiRequest request, Ask ask, GoogleUser user) {
        Pages.Page page = pages.to(request).leadsTo(ask.text("redirect_uri"));
        return page.answer(
                page.say("page.may_it", user.name()),
                forms(ask)
                        .consent(
                                page,
                                user.key(),
                                ask.scopes().stream()
                                        .map(scope ->
                                                new SignInForms.Box(
                                                        scope,
                                                        true,
                                                        !GoogleScopes.isGranular(scope)))));
    }

    private static SignInForms forms(Ask ask) {
        return new SignInForms("/sandbox/google" + PATH, ask.said());
    }

    private ApiResponse broken(ApiRequest request, String error) {
        Pages.Page page = pages.to(request).status(400);
        return page.answer(error, Html.of("<p>{}</p>", page.say("google." + error)));
    }
}
