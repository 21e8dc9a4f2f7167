package madang.sandbox.inbox;

import java.util.Map;
import java.util.regex.Matcher;
import madang.kit.Failure;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Routes;
import madang.sandbox.stand.Fields;
import madang.sandbox.stand.Html;
import madang.sandbox.stand.Pages;
import madang.sandbox.stand.Stall;
import madang.sandbox.stand.Told;
import org.jspecify.annotations.Nullable;

/// `/sandbox/inbox`: what arrived, to read and to click; `/messages?to=` tells a test the same.
final class InboxPage {
    /// A mail is a stranger's page: it runs nothing, loads nothing, and knows nothing of ours.
    private static final String MAIL_POLICY =
            "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none';"
                    + " style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

    private final Inbox inbox;
    private final Pages pages;

    InboxPage(Inbox inbox, Pages pages) {
        this.inbox = inbox;
        this.pages = pages;
    }

    void routes(Routes routes) {
        Stall.ofPages(routes, "/inbox")
                .page("", this::list)
                .page("/messages", this::messages)
                .page("/{message}", this::one)
                .page("/{message}/html", this::html)
                .pressed("/clear", this::clear);
    }

    private ApiResponse list(ApiRequest request) {
        Pages.Page page = pages.to(request);
        String to = Fields.of(request).text("to");
        return page.answer(
                page.say("room.inbox"),
                Html.of(
                        """
                        <form class="row" action="/sandbox/inbox"><input name="to" value="{}" aria-label="to" placeholder="to"><button>{}</button></form>
                        <ul class="people">{}</ul>
                        <form method="post" action="/sandbox/inbox/clear"><button>{}</button></form>\
                        """,
                        to,
                        page.say("inbox.find"),
                        Html.all(inbox.to(to).stream().map(InboxPage::line)),
                        page.say("inbox.empty")));
    }

    private static Html line(Received received) {
        String title = received.subject().isEmpty() ? received.text() : received.subject();
        return Html.of(
                "<li><a href=\"/sandbox/inbox/{}\"><b>{}</b><br><span>{} · {} · {}</span></a></li>",
                received.id(),
                title.substring(0, Math.min(title.length(), 120)),
                received.kind(),
                String.join(", ", received.to()),
                received.at());
    }

    private ApiResponse messages(ApiRequest request) {
        return ApiResponse.ok(Map.of("messages", inbox.to(Fields.of(request).text("to"))));
    }

    private ApiResponse one(ApiRequest request) {
        Received received = found(request);
        Pages.Page page = pages.to(request);
        return page.answer(
                received.subject().isEmpty() ? received.kind() : received.subject(),
                Html.of(
                        "<p class=\"muted\">{} → {} · {}</p>",
                        received.from(),
                        String.join(", ", received.to()),
                        received.at()),
                received.html() == null
                        ? Html.NOTHING
                        : Html.of(
                                "<iframe sandbox=\"allow-popups allow-popups-to-escape-sandbox\""
                                        + " src=\"/sandbox/inbox/{}/html\" title=\"HTML\"></iframe>",
                                received.id()),
                Html.of("<pre>{}</pre>", linked(received.text())),
                Html.of("<p><a href=\"/sandbox/inbox\">{}</a></p>", page.say("page.back")));
    }

    private static Html linked(String text) {
        Matcher link = Received.LINK.matcher(text);
        StringBuilder html = new StringBuilder();
        int at = 0;
        while (link.find()) {
            html.append(Html.of("{}", text.substring(at, link.start())).text())
                    .append(
                            Html.of(
                                            "<a href=\"{}\" target=\"_blank\" rel=\"noopener\">{}</a>",
                                            link.group(),
                                            link.group())
                                    .text());
            at = link.end();
        }
        return new Html(html + Html.of("{}", text.substring(at)).text());
    }

    private ApiResponse html(ApiRequest request) {
        @Nullable String html = found(request).html();
        if (html == null) {
            throw Failure.notFound("NOT_FOUND");
        }
        return ApiResponse.raw("text/html; charset=utf-8", "<base target=\"_blank\">" + html)
                .header("Content-Security-Policy", MAIL_POLICY)
                .header("X-Frame-Options", "SAMEORIGIN");
    }

    private ApiResponse clear(ApiRequest request) {
        inbox.clear();
        return Told.isSeen(request) ? Told.seenAt("/sandbox/inbox") : ApiResponse.ok(Map.of());
    }

    private Received found(ApiRequest request) {
        @Nullable Received received = inbox.find(request.place("message"));
        if (received == null) {
            throw Failure.notFound("NOT_FOUND");
        }
        return received;
    }
}
