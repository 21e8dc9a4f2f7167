package madang.sandbox;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Routes;
import madang.kit.json.Json;
import madang.sandbox.stand.Html;
import madang.sandbox.stand.Pages;
import madang.sandbox.stand.Stall;
import madang.sandbox.stand.Told;

/// `/sandbox/clock`: what time the house has, and how to hurry it: `forward` by an ISO 8601
/// duration (`PT1H`, `P30D`), `to` an instant that is yet to come, or `reset`.
final class ClockPage {
    private final MovableClock clock;
    private final Pages pages;
    private final Json json;

    ClockPage(MovableClock clock, Pages pages, Json json) {
        this.clock = clock;
        this.pages = pages;
        this.json = json;
    }

    void routes(Routes routes) {
        Stall.ofPages(routes, "/clock").page("", this::show).pressed("", this::move);
    }

    private ApiResponse show(ApiRequest request) {
        if (!Told.isSeen(request)) {
            return now();
        }
        Pages.Page page = pages.to(request);
        return page.answer(
                page.say("room.clock"),
                Html.of("<p>{}</p>", page.say("clock.why")),
                Html.of(
                        "<p class=\"card\"><b>{}</b><br><span class=\"muted\">{}</span></p>",
                        clock.instant(),
                        page.say("clock.ahead", clock.ahead())),
                Html.of(
                        "<form method=\"post\" action=\"/sandbox/clock\" class=\"row\">{}"
                                + "<button name=\"reset\" value=\"true\">{}</button></form>",
                        Html.all(
                                Stream.of("PT1M", "PT10M", "PT1H", "P1D", "P7D", "P30D")
                                        .map(step ->
                                                Html.of(
                                                        "<button name=\"forward\" value=\"{}\">+ {}</button>",
                                                        step,
                                                        step))),
                        page.say("clock.reset")));
    }

    private ApiResponse move(ApiRequest request) {
        Told told = Told.of(request, json);
        if (told.text("reset").equals("true")) {
            clock.reset();
        } else if (!clock.forward(step(told))) {
            throw Told.wrong("the clock goes forward only, by ten years at most");
        }
        return Told.isSeen(request) ? Told.seenAt("/sandbox/clock") : now();
    }

    private Duration step(Told told) {
        try {
            return told.text("to").isEmpty()
                    ? Duration.parse(told.text("forward"))
                    : Duration.between(clock.instant(), Instant.parse(told.text("to")));
        } catch (DateTimeException | ArithmeticException malformed) {
            throw Told.wrong("forward is a duration such as PT1H, to an instant in UTC");
        }
    }

    private ApiResponse now() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("now", clock.instant());
        body.put("ahead", clock.ahead().toString());
        return ApiResponse.ok(body);
    }
}
