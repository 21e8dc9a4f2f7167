package madang.sandbox.google;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.json.Json;
import madang.sandbox.google.CalendarBook.Entry;
import madang.sandbox.stand.Html;
import madang.sandbox.stand.Pages;
import madang.sandbox.stand.Stall;
import madang.sandbox.stand.Told;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `/sandbox/google/users/{user}/calendar`: somebody's calendar as he sees it in Google, where he
/// adds, changes and deletes by hand; and what becomes of the news of it.
final class CalendarPage {
    private static final String CALENDAR = "/users/{user}/calendar";
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d";

    private final GoogleUsers users;
    private final CalendarBooks books;
    private final CalendarChannels channels;
    private final Pages pages;
    private final Json json;

    CalendarPage(
            GoogleUsers users,
            CalendarBooks books,
            CalendarChannels channels,
            Pages pages,
            Json json) {
        this.users = users;
        this.books = books;
        this.channels = channels;
        this.pages = pages;
        this.json = json;
    }

    void rows(Stall stall) {
        stall.page(CALENDAR, this::show)
                .pressed(CALENDAR, this::edit)
                .pressed(CALENDAR + "/delete", this::delete)
                .pressed(CALENDAR + "/forget-sync-tokens", this::forgetSyncTokens)
                .pressed("/calendar/news", this::news);
    }

    /// To a program: all of it, tombstones too.
    private ApiResponse show(ApiRequest request) {
        CalendarBook book = book(request);
        List<Entry> all = new ArrayList<>(book.between(0, book.lastChange()));
        if (!Told.isSeen(request)) {
            return ApiResponse.ok(
                    Map.of(
                            "events",
                            all.stream().map(Entry::fields).toList(),
                            "channels",
                            channels.count(book.owner().key())));
        }
        all.removeIf(Entry::isCancelled);
        all.sort(Comparator.comparing(Entry::start));
        String here = here(book.owner());
        Pages.Page page = pages.to(request);
        return page.answer(
                page.say("calendar.of", book.owner().name()),
                Html.all(all.stream().map(entry -> card(page, here, entry))),
                Html.of("<h2>{}</h2>", page.say("page.add")),
                form(page, here, null),
                Html.of(
                        """
                        <h2>{}</h2>
                        <form method="post" action="{}/forget-sync-tokens" class="row"><button>{}</button></form>
                        <form method="post" action="/sandbox/google/calendar/news" class="row">
                          <select name="delivery" aria-label="delivery">{}</select><button>{}</button>
                        </form>\
                        """,
                        page.say("room.faults"),
                        here,
                        page.say("calendar.forget_sync_tokens"),
                        Html.all(Stream.of(CalendarChannels.Delivery.values()).map(this::option)),
                        page.say("calendar.news")));
    }

    private Html option(CalendarChannels.Delivery delivery) {
        return Html.of(
                channels.delivery() == delivery
                        ? "<option selected>{}</option>"
                        : "<option>{}</option>",
                delivery.name().toLowerCase(Locale.ROOT));
    }

    private static Html card(Pages.Page page, String here, Entry entry) {
        return Html.of(
                """
                <section class="card">{}
                  <form method="post" action="{}/delete" class="row">
                    <input type="hidden" name="id" value="{}"><button>{}</button>
                  </form>
                </section>\
                """,
                form(page, here, entry),
                here,
                entry.id(),
                page.say("calendar.delete"));
    }

    private static Html form(Pages.Page page, String here, @Nullable Entry entry) {
        return Html.of(
                """
                <form method="post" action="{}" class="row">
                  <input type="hidden" name="id" value="{}">
                  <input name="summary" required maxlength="500" aria-label="summary" placeholder="summary" value="{}">
                  <input name="start" required type="datetime-local" aria-label="start" value="{}">
                  <input name="end" required type="datetime-local" aria-label="end" value="{}">
                  <input name="location" maxlength="500" aria-label="location" placeholder="location" value="{}">
                  <button class="main">{}</button>
                </form>\
                """,
                here,
                entry == null ? "" : entry.id(),
                entry == null ? "" : entry.fields().path("summary").asString(),
                entry == null ? "" : local(entry.start()),
                entry == null ? "" : local(entry.end()),
                entry == null ? "" : entry.fields().path("location").asString(),
                page.say(entry == null ? "page.add" : "calendar.save"));
    }

    private static String local(java.time.Instant at) {
        return at.atZone(CalendarTimes.OF_CALENDAR).toLocalDateTime().toString().substring(0, 16);
    }

    /// With an `id` a change of that event, else a new one: `summary`, `description`, `location`,
    /// `start`, `end` (with an offset, or as the calendar's own local time), each as one likes.
    private ApiResponse edit(ApiRequest request) {
        CalendarBook book = book(request);
        Told told = Told.of(request, json);
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        for (String name : List.of("summary", "description", "location")) {
            @Nullable String text = told.textOr(name, "\0");
            if (!"\0".equals(text)) {
                fields.put(name, text);
            }
        }
        for (String name : List.of("start", "end")) {
            if (!told.text(name).isEmpty()) {
                fields.set(name, time(told.text(name)));
            }
        }
        Entry entry =
                told.text("id").isEmpty()
                        ? book.insert(fields)
                        : book.patch(told.text("id"), null, fields);
        return Told.isSeen(request)
                ? Told.seenAt(here(book.owner()))
                : ApiResponse.ok(entry.fields());
    }

    /// A day becomes a moment by this and never both.
    private static ObjectNode time(String text) {
        return JsonNodeFactory.instance
                .objectNode()
                .putNull("date")
                .put("dateTime", text.matches(TIME) ? text + ":00" : text)
                .put("timeZone", CalendarTimes.OF_CALENDAR.getId());
    }

    private ApiResponse delete(ApiRequest request) {
        CalendarBook book = book(request);
        Entry entry = book.delete(Told.of(request, json).text("id"), null);
        return Told.isSeen(request)
                ? Told.seenAt(here(book.owner()))
                : ApiResponse.ok(entry.told());
    }

    /// Every sync token that is out is answered with 410 from now on.
    private ApiResponse forgetSyncTokens(ApiRequest request) {
        CalendarBook book = book(request);
        book.forgetSyncTokens();
        return Told.isSeen(request)
                ? Told.seenAt(here(book.owner()))
                : ApiResponse.ok(Map.of("generation", book.generation()));
    }

    /// `delivery`: `once`, `twice` or `never`.
    private ApiResponse news(ApiRequest request) {
        String wished = Told.of(request, json).text("delivery").toUpperCase(Locale.ROOT);
        CalendarChannels.Delivery delivery =
                Stream.of(CalendarChannels.Delivery.values())
                        .filter(one -> one.name().equals(wished))
                        .findAny()
                        .orElseThrow(() -> Told.wrong("delivery is once, twice or never"));
        channels.delivers(delivery);
        return Told.isSeen(request)
                ? Told.seenAt("/sandbox/google")
                : ApiResponse.ok(Map.of("delivery", wished.toLowerCase(Locale.ROOT)));
    }

    private CalendarBook book(ApiRequest request) {
        @Nullable GoogleUser user = users.find(request.place("user"));
        if (user == null) {
            throw Told.wrong("nobody has this key");
        }
        return books.of(user);
    }

    private static String here(GoogleUser user) {
        return "/sandbox/google/users/" + user.key() + "/calendar";
    }
}
