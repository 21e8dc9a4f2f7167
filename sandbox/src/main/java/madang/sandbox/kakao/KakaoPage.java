package madang.sandbox.kakao;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.json.Json;
import madang.sandbox.kakao.KakaoAccounts.Link;
import madang.sandbox.stand.Courier.Received;
import madang.sandbox.stand.Html;
import madang.sandbox.stand.Pages;
import madang.sandbox.stand.Stall;
import madang.sandbox.stand.Told;
import org.jspecify.annotations.Nullable;

/// `/sandbox/kakao`: who has a Kakao account, who is linked with the app, and what Kakao does by
/// itself: somebody unlinks in his settings, an account changes, the keys turn.
final class KakaoPage {
    private static final Pattern KEY = Pattern.compile("[a-z0-9-]{1,32}");
    private static final Pattern ID = Pattern.compile("\\d{1,18}");
    private static final int MOST_LETTERS = 100;
    private static final KakaoUser SOMEBODY =
            new KakaoUser(
                    "",
                    0,
                    "",
                    null,
                    true,
                    true,
                    "",
                    LocalDate.of(1997, 3, 14),
                    "female",
                    "+82 10-0000-0000",
                    Set.of());

    private final KakaoUsers users;
    private final KakaoAccounts accounts;
    private final KakaoNews news;
    private final Pages pages;
    private final Json json;

    KakaoPage(KakaoUsers users, KakaoAccounts accounts, KakaoNews news, Pages pages, Json json) {
        this.users = users;
        this.accounts = accounts;
        this.news = news;
        this.pages = pages;
        this.json = json;
    }

    void rows(Stall stall) {
        stall.page("", this::everybody)
                .pressed("/users", this::put)
                .pressed("/users/{user}/unlink", this::unlink)
                .pressed("/users/{user}/event", this::event);
    }

    private ApiResponse everybody(ApiRequest request) {
        Pages.Page page = pages.to(request);
        return page.answer(
                page.say("room.kakao"),
                Html.all(users.all().stream().map(user -> card(page, user))),
                Html.of("<h2>{}</h2>", page.say("page.somebody_else")),
                Html.of(
                        """
                        <form method="post" action="/sandbox/kakao/users" class="row">
                          <input name="key" required pattern="[a-z0-9\\-]+" maxlength="32" aria-label="key" placeholder="key (a-z)">
                          <input name="nickname" required maxlength="100" aria-label="nickname" placeholder="nickname">
                          <input name="email" type="email" maxlength="100" aria-label="email" placeholder="email">
                          <input name="born" type="date" value="1997-03-14" aria-label="born">
                          <select name="email_verified" aria-label="email_verified"><option value="true">email_verified</option><option value="false">not verified</option></select>
                          <button class="main">{}</button>
                        </form>\
                        """,
                        page.say("page.add")));
    }

    private Html card(Pages.Page page, KakaoUser user) {
        @Nullable Link link = accounts.link(user.id());
        return Html.of(
                """
                <section class="card">
                  <b>{}</b> <span class="muted">{} · {} · {}</span>
                  <p>{}</p>
                  {}
                </section>\
                """,
                user.nickname(),
                user.key(),
                user.id(),
                user.email() == null ? "–" : user.email(),
                link == null
                        ? page.say("kakao.not_linked")
                        : page.say("kakao.linked", String.join(" ", link.scopes())),
                link == null ? Html.NOTHING : switches(page, user));
    }

    private static Html switches(Pages.Page page, KakaoUser user) {
        return Html.of(
                """
                <form method="post" action="/sandbox/kakao/users/{}/unlink" class="row">
                  <select name="referrer_type" aria-label="referrer_type">{}</select><button>{}</button>
                </form>
                <form method="post" action="/sandbox/kakao/users/{}/event" class="row">
                  <select name="event" aria-label="event">{}</select><button>{}</button>
                </form>\
                """,
                user.key(),
                options(KakaoNews.REFERRERS),
                page.say("kakao.unlinks"),
                user.key(),
                options(KakaoNews.EVENTS.keySet()),
                page.say("kakao.tells"));
    }

    private static Html options(Collection<String> words) {
        return Html.all(words.stream().map(word -> Html.of("<option>{}</option>", word)));
    }

    /// Adds somebody, or changes who has this key: `nickname`, and as one likes `id`, `email`
    /// (empty for none), `email_verified`, `email_valid` and `born`.
    private ApiResponse put(ApiRequest request) {
        Told told = Told.of(request, json);
        String key = told.text("key");
        @Nullable KakaoUser before = users.find(key);
        KakaoUser user = changed(key, before == null ? SOMEBODY : before, told);
        if (!users.put(user)) {
            throw Told.wrong("there are too many already");
        }
        return done(request, Map.of("key", key, "id", user.id()));
    }

    private static KakaoUser changed(String key, KakaoUser before, Told told) {
        String nickname = told.textOr("nickname", before.nickname()).strip();
        String email = told.textOr("email", before.email() == null ? "" : before.email()).strip();
        String id = told.textOr("id", before.id() == 0 ? made(key) : "" + before.id());
        if (!KEY.matcher(key).matches()
                || !ID.matcher(id).matches()
                || nickname.isEmpty()
                || nickname.length() > MOST_LETTERS
                || email.length() > MOST_LETTERS) {
            throw Told.wrong("key (a-z, 0-9, -), nickname, or id (digits) does not fit");
        }
        return new KakaoUser(
                key,
                Long.parseLong(id),
                nickname,
                email.isEmpty() ? null : email,
                told.textOr("email_valid", "" + before.isEmailValid()).equals("true"),
                told.textOr("email_verified", "" + before.isEmailVerified()).equals("true"),
                before.name().isEmpty() ? nickname : before.name(),
                born(told.textOr("born", before.born().toString())),
                before.gender(),
                before.phone(),
                before.refuses());
    }

    /// The same name is the same person, also after a restart.
    private static String made(String key) {
        return Long.toString(4_000_000_000L + Integer.toUnsignedLong(key.hashCode()));
    }

    private static LocalDate born(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException malformed) {
            throw Told.wrong("born is a date such as 1997-03-14");
        }
    }

    /// He does it in Kakao's own settings, and the product hears of it; `by=GET` asks as Kakao's
    /// older form does.
    private ApiResponse unlink(ApiRequest request) {
        KakaoUser user = user(request);
        Told told = Told.of(request, json);
        accounts.unlink(user.id());
        return heard(
                request,
                news.unlinked(
                        user.id(),
                        told.textOr("referrer_type", KakaoNews.REFERRERS.getFirst()),
                        told.text("by").equals("GET")));
    }

    private ApiResponse event(ApiRequest request) {
        KakaoUser user = user(request);
        Told told = Told.of(request, json);
        return heard(
                request,
                news.changed(user.id(), told.textOr("event", "user-unlinked"), told.text("jti")));
    }

    private KakaoUser user(ApiRequest request) {
        @Nullable KakaoUser user = users.find(request.place("user"));
        if (user == null) {
            throw Told.wrong("nobody has this key");
        }
        return user;
    }

    private ApiResponse heard(ApiRequest request, Received received) {
        if (!Told.isSeen(request)) {
            return ApiResponse.ok(received);
        }
        Pages.Page page = pages.to(request);
        return page.answer(
                page.say("page.product_said", received.status()),
                Html.of("<pre>{}</pre>", received.body()),
                Html.of("<p><a href=\"/sandbox/kakao\">{}</a></p>", page.say("page.back")));
    }

    private static ApiResponse done(ApiRequest request, Map<String, Object> result) {
        return Told.isSeen(request) ? Told.seenAt("/sandbox/kakao") : ApiResponse.ok(result);
    }
}
