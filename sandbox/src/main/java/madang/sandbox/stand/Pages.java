package madang.sandbox.stand;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import madang.kit.Language;
import madang.kit.Texts;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;

/// The pages of the sandbox: one frame without scripts that says on every page that this is a
/// rehearsal, in the reader's language.
public final class Pages {
    private static final String FRAME =
            """
            <!doctype html>
            <html lang="{}">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <meta name="robots" content="noindex">
              <title>{}</title>
              <link rel="stylesheet" href="/sandbox/sandbox.css">
            </head>
            <body>
              <header><a href="/sandbox">{}</a><p>{}</p></header>
              <main>
                <h1>{}</h1>
                {}
              </main>
            </body>
            </html>
            """;

    private final Texts texts;

    public Pages(Texts texts) {
        this.texts = texts;
    }

    /// One page, to one reader.
    public final class Page {
        private final Language language;
        private int status = 200;
        private String formTargets = "'self'";

        private Page(Language language) {
            this.language = language;
        }

        public String say(String key, Object... args) {
            return texts.say(language, key, args);
        }

        public Page status(int other) {
            status = other;
            return this;
        }

        /// A form of this page may end at this address of the product: browsers hold a form's
        /// redirects to its policy as well.
        public Page leadsTo(String address) {
            URI there = URI.create(address);
            String port = there.getPort() < 0 ? "" : ":" + there.getPort();
            formTargets += " " + there.getScheme() + "://" + there.getHost() + port;
            return this;
        }

        public ApiResponse answer(String title, Html... body) {
            Html page =
                    Html.of(
                            FRAME,
                            language.tag(),
                            title,
                            say("page.sandbox"),
                            say("page.rehearsal"),
                            title,
                            Html.all(Stream.of(body)));
            return ApiResponse.raw(
                            status,
                            "text/html; charset=utf-8",
                            page.text().getBytes(StandardCharsets.UTF_8))
                    .header(
                            "Content-Security-Policy",
                            "default-src 'none'; style-src 'self'; img-src 'self' data:;"
                                    + " frame-src 'self'; base-uri 'none'; frame-ancestors 'none';"
                                    + " form-action "
                                    + formTargets);
        }
    }

    public Page to(ApiRequest request) {
        return new Page(request.language());
    }

    /// What a form takes along unseen.
    public static Html hidden(Map<String, String> fields) {
        return Html.all(
                fields.entrySet().stream()
                        .map(field ->
                                Html.of(
                                        "<input type=\"hidden\" name=\"{}\" value=\"{}\">",
                                        field.getKey(),
                                        field.getValue())));
    }
}
