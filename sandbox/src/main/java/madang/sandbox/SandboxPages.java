package madang.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.stream.Stream;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Routes;
import madang.sandbox.stand.Html;
import madang.sandbox.stand.Pages;
import madang.sandbox.stand.Stall;

/// The first page, which tells what there is, and the one style sheet of all pages.
final class SandboxPages {
    private final Pages pages;
    private final String style = read("sandbox.css");

    SandboxPages(Pages pages) {
        this.pages = pages;
    }

    void routes(Routes routes) {
        Stall.ofPages(routes, "")
                .page("", this::index)
                .page("/sandbox.css", _ -> ApiResponse.raw("text/css; charset=utf-8", style));
    }

    private ApiResponse index(ApiRequest request) {
        Pages.Page page = pages.to(request);
        Html rooms =
                Html.all(
                        Stream.of("inbox", "kakao", "google", "clock", "faults")
                                .map(room ->
                                        Html.of(
                                                "<li><a href=\"/sandbox/{}\"><b>{}</b> <span>{}</span></a></li>",
                                                room,
                                                page.say("room." + room),
                                                page.say("about." + room))));
        return page.answer(
                page.say("page.index"),
                Html.of(
                        "<p>{}</p><ul class=\"people\">{}</ul>",
                        page.say("page.what_it_is"),
                        rooms));
    }

    private static String read(String name) {
        try (InputStream in = SandboxPages.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
