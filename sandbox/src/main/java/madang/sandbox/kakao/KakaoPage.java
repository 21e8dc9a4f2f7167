package madang.sandbox.kakao;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Set;
import java.util.regex.Pattern;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.sandbox.kakao.KakaoAccounts.Link;
import madang.sandbox.stand.Fields;
import madang.sandbox.stand.Html;
import madang.sandbox.stand.Pages;
import madang.sandbox.stand.Stall;
import org.jspecify.annotations.Nullable;

/// `/sandbox/kakao`: who has a Kakao account, who is linked with the app, and a form that adds
/// somebody.
final class KakaoPage {
    private static final Pattern KEY = Pattern.compile("[a-z0-9-]{1,32}");
    private static final Pattern ID = Pattern.compile("\\d{1,18}");
    private static final int MOST_LETTERS = 100;

    private final KakaoUsers users;
    private final KakaoAccounts accounts;
    private final Pages pages;

    KakaoPage(KakaoUsers users, KakaoAccounts accounts, Pages pages) {
        this.users = users;
        this.accounts = accounts;
        this.pages = pages;
    }

    void rows(Stall stall) {
        stall.get("", this::everybody).post("/users", this::add);
    }

    private ApiResponse everybody(ApiRequest request) {
        Pages.Page page = pages.to(request);
        Html rows = Html.all(users.all().stream().map(user -> row(page, user)));
        return page.answer(
                page.say("room.kakao"),
                Html.of("<table>{}</table>", rows),
                Html.of("<h2>{}</h2>", page.say("kakao.somebody_else")),
                Html.of(
                        """
                        <form method="post" action="/sandbox/kakao/users" class="row">
                          <input name="key" required pattern="[a-z0-9\\-]+" maxlength="32" aria-label="key" placeholder="key (a-z)">
                          <input name="nickname" required maxlength="100" aria-label="nickname" placeholder="nickname">
                          <input name="email" type="email" maxlength="100" aria-label="email" placeholder="email">
                          <input name="born" type="date" value="1997-03-14" aria-label="born">
                          <label><input type="checkbox" name="email_verified" value="true" checked> email_verified</label>
                          <button class="main">{}</button>
                        </form>\
                        """,
                        page.say("page.add")));
    }

    private Html row(Pages.Page page, KakaoUser user) {
        @Nullable Link link = accounts.link(user.id());
        return Html.of(
                "<tr><td><b>{}</b><br><span class=\"muted\">{} · {}</span></td><td>{}</td><td>{}</td></tr>",
                user.nickname(),
                user.key(),
                user.id(),
                user.email() == null ? "–" : user.email(),
                link == null
                        ? page.say("kakao.not_linked")
                        : page.say("kakao.linked", String.join(" ", link.scopes())));
    }

    /// A form of the page, or of a test: `key`, `nickname`, and as it likes `id`, `email`,
    /// `email_verified`, `email_valid` and `born`.
    private ApiResponse add(ApiRequest request) {
        Fields fields = Fields.of(request);
        @Nullable KakaoUser user = user(fields);
        if (user == null || !users.put(user)) {
            return pages.to(request).status(400).answer("400");
        }
        return ApiResponse.raw(303, "text/html; charset=utf-8", new byte[0])
                .header("Location", "/sandbox/kakao");
    }

    private @Nullable KakaoUser user(Fields fields) {
        String key = fields.text("key");
        String nickname = fields.text("nickname").strip();
        String email = fields.text("email").strip();
        String id = fields.text("id").isEmpty() ? made(key) : fields.text("id");
        @Nullable LocalDate born = date(fields.text("born"));
        if (!KEY.matcher(key).matches()
                || !ID.matcher(id).matches()
                || born == null
                || nickname.isEmpty()
                || nickname.length() > MOST_LETTERS
                || email.length() > MOST_LETTERS) {
            return null;
        }
        return new KakaoUser(
                key,
                Long.parseLong(id),
                nickname,
                email.isEmpty() ? null : email,
                !fields.text("email_valid").equals("false"),
                fields.text("email_verified").equals("true"),
                nickname,
                born,
                "female",
                "+82 10-0000-0000",
                Set.of());
    }

    /// The same name is the same person, also after a restart.
    private static String made(String key) {
        return Long.toString(4_000_000_000L + Integer.toUnsignedLong(key.hashCode()));
    }

    private static @Nullable LocalDate date(String text) {
        try {
            return text.isEmpty() ? LocalDate.of(1997, 3, 14) : LocalDate.parse(text);
        } catch (DateTimeException malformed) {
            return null;
        }
    }
}
