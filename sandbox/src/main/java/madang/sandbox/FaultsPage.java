package madang.sandbox;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Routes;
import madang.kit.json.Json;
import madang.sandbox.stand.Faults;
import madang.sandbox.stand.Html;
import madang.sandbox.stand.Pages;
import madang.sandbox.stand.Stall;
import madang.sandbox.stand.Told;
import org.jspecify.annotations.Nullable;

/// `/sandbox/faults`: what goes wrong at which vendor, ordered by a click or by a test.
final class FaultsPage {
    private static final int LONGEST_SECONDS = 60;

    private final Faults faults;
    private final Pages pages;
    private final Json json;

    FaultsPage(Faults faults, Pages pages, Json json) {
        this.faults = faults;
        this.pages = pages;
        this.json = json;
    }

    void routes(Routes routes) {
        Stall.ofPages(routes, "/faults")
                .page("", this::show)
                .pressed("", this::order)
                .pressed("/clear", this::clear);
    }

    private ApiResponse show(ApiRequest request) {
        if (!Told.isSeen(request)) {
            return standing();
        }
        Pages.Page page = pages.to(request);
        return page.answer(
                page.say("room.faults"),
                Html.of("<p>{}</p>", page.say("faults.why")),
                Html.of(
                        "<table>{}</table>",
                        Html.all(faults.vendors().stream().flatMap(this::rows))),
                Html.of(
                        """
                        <form method="post" action="/sandbox/faults/clear"><button>{}</button></form>
                        <h2>{}</h2>
                        <form method="post" action="/sandbox/faults" class="row">
                          <select name="vendor" aria-label="vendor">{}</select>
                          <select name="kind" aria-label="kind">{}</select>
                          <input name="path" placeholder="path (/oauth/token)" aria-label="path" maxlength="100">
                          <input name="code" placeholder="code (KOE237)" aria-label="code" maxlength="40">
                          <input name="seconds" type="number" min="0" max="60" value="10" aria-label="seconds">
                          <input name="times" type="number" min="0" max="1000" value="0" aria-label="times">
                          <button class="main">{}</button>
                        </form>\
                        """,
                        page.say("faults.clear"),
                        page.say("faults.order"),
                        options(faults.vendors().stream()),
                        options(Arrays.stream(Faults.Kind.values()).map(FaultsPage::word)),
                        page.say("faults.order")));
    }

    private Stream<Html> rows(String vendor) {
        return orders(vendor).stream()
                .map(order ->
                        Html.of(
                                "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
                                vendor,
                                word(order.kind()),
                                order.path().isEmpty() ? "*" : order.path(),
                                order.code()));
    }

    private List<Faults.Order> orders(String vendor) {
        Faults.@Nullable OfVendor of = faults.vendor(vendor);
        return of == null ? List.of() : of.orders();
    }

    private static Html options(Stream<String> words) {
        return Html.all(words.map(word -> Html.of("<option>{}</option>", word)));
    }

    /// `vendor` and `kind` (`slow`, `refusal`, `status`, `html`, `garbage`, `empty`, `deep`,
    /// `huge`, `drip`, `black_hole`, `reset`); as one likes `path`, `code`, `status`, `seconds`,
    /// `times`.
    private ApiResponse order(ApiRequest request) {
        Told told = Told.of(request, json);
        Faults.@Nullable OfVendor vendor = faults.vendor(told.text("vendor"));
        if (vendor == null) {
            throw Told.wrong("vendor is one of " + faults.vendors());
        }
        Faults.Order order =
                new Faults.Order(
                        kind(told.text("kind")),
                        told.text("path"),
                        told.text("code"),
                        told.number("status", 500, 400, 599),
                        told.number("seconds", 10, 0, LONGEST_SECONDS),
                        told.number("times", 0, 0, 1_000));
        if (!vendor.order(order)) {
            throw Told.wrong("too much is ordered already");
        }
        return answer(request);
    }

    private ApiResponse clear(ApiRequest request) {
        String name = Told.of(request, json).text("vendor");
        Faults.@Nullable OfVendor vendor = faults.vendor(name);
        if (vendor != null) {
            vendor.clear();
        } else if (name.isEmpty()) {
            faults.clear();
        } else {
            throw Told.wrong("vendor is one of " + faults.vendors());
        }
        return answer(request);
    }

    private ApiResponse answer(ApiRequest request) {
        return Told.isSeen(request) ? Told.seenAt("/sandbox/faults") : standing();
    }

    private ApiResponse standing() {
        Map<String, Object> body = new LinkedHashMap<>();
        faults.vendors().forEach(vendor -> body.put(vendor, orders(vendor)));
        return ApiResponse.ok(body);
    }

    private static Faults.Kind kind(String word) {
        return Arrays.stream(Faults.Kind.values())
                .filter(kind -> word(kind).equals(word))
                .findAny()
                .orElseThrow(() -> Told.wrong("there is no such kind"));
    }

    private static String word(Faults.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
