package madang.sandbox.google;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import madang.kit.Failure;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.json.Json;
import madang.sandbox.google.CalendarBook.Entry;
import madang.sandbox.google.GoogleAccounts.Pass;
import madang.sandbox.stand.Fields;
import madang.sandbox.stand.Kept;
import madang.sandbox.stand.Stall;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `/calendar/v3`: the events of the primary calendar of whoever the access token speaks for.
final class CalendarApi {
    private static final String EVENTS = "/calendar/v3/calendars/{calendar}/events";
    private static final String EVENT = EVENTS + "/{event}";
    private static final String SCOPE = "https://www.googleapis.com/auth/calendar";
    private static final Set<String> READING =
            Set.of(
                    SCOPE,
                    SCOPE + ".readonly",
                    SCOPE + ".events",
                    SCOPE + ".events.readonly",
                    SCOPE + ".events.owned",
                    SCOPE + ".events.owned.readonly");
    private static final Set<String> WRITING =
            Set.of(SCOPE, SCOPE + ".events", SCOPE + ".events.owned");
    private static final List<String> NOT_WITH_SYNC_TOKEN =
            List.of(
                    "iCalUID",
                    "orderBy",
                    "privateExtendedProperty",
                    "q",
                    "sharedExtendedProperty",
                    "timeMin",
                    "timeMax",
                    "updatedMin");
    private static final int MOST_A_PAGE = 2_500;
    private static final int USUAL_A_PAGE = 250;

    private final GoogleUsers users;
    private final GoogleAccounts accounts;
    private final CalendarBooks books;
    private final CalendarChannels channels;
    private final Json json;
    private final InstantSource clock;

    CalendarApi(
            GoogleUsers users,
            GoogleAccounts accounts,
            CalendarBooks books,
            CalendarChannels channels,
            Json json,
            InstantSource clock) {
        this.users = users;
        this.accounts = accounts;
        this.books = books;
        this.channels = channels;
        this.json = json;
        this.clock = clock;
    }

    static boolean isOfCalendar(String scope) {
        return READING.contains(scope);
    }

    void rows(Stall stall) {
        stall.get(EVENTS, this::list)
                .post(EVENTS, this::insert)
                .get(EVENT, this::get)
                .put(EVENT, this::update)
                .patch(EVENT, this::patch)
                .delete(EVENT, this::delete)
                .post(EVENTS + "/watch", this::watch)
                .post("/calendar/v3/channels/stop", this::stop);
    }

    private ApiResponse insert(ApiRequest request) {
        return told(book(request, WRITING).insert(body(request)));
    }

    private ApiResponse get(ApiRequest request) {
        Entry entry = book(request, READING).get(request.place("event"));
        return entry.etag().equals(request.header("If-None-Match"))
                ? ApiResponse.raw(304, "application/json", new byte[0])
                : told(entry);
    }

    private ApiResponse update(ApiRequest request) {
        return told(
                book(request, WRITING)
                        .update(request.place("event"), request.header("If-Match"), body(request)));
    }

    private ApiResponse patch(ApiRequest request) {
        return told(
                book(request, WRITING)
                        .patch(request.place("event"), request.header("If-Match"), body(request)));
    }

    private ApiResponse delete(ApiRequest request) {
        book(request, WRITING).delete(request.place("event"), request.header("If-Match"));
        return ApiResponse.raw(204, "application/json", new byte[0]);
    }

    private static ApiResponse told(Entry entry) {
        return ApiResponse.ok(entry.fields()).header("ETag", entry.etag());
    }

    /// What is asked for, as it was at the first page: what changes between two pages belongs to
    /// the next sync.
    ///
    /// @param since the change up to which the client knows all
    /// @param after the last change that an earlier page told
    private record Window(
            int generation,
            long since,
            long until,
            long after,
            @Nullable Instant from,
            @Nullable Instant to) {

        static Window whole(CalendarBook book, @Nullable Instant from, @Nullable Instant to) {
            return new Window(book.generation(), 0, book.lastChange(), 0, from, to);
        }

        Window pageAfter(long change) {
            return new Window(generation, since, until, change, from, to);
        }

        Window next(long now) {
            return new Window(generation, until, now, until, from, to);
        }

        boolean holds(Entry entry) {
            return (from == null || entry.end().isAfter(from))
                    && (to == null || entry.start().isBefore(to));
        }

        String token() {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            "%d %d %d %d %s %s"
                                    .formatted(generation, since, until, after, from, to)
                                    .getBytes(StandardCharsets.US_ASCII));
        }

        static Window read(CalendarBook book, String token) {
            try {
                String[] parts =
                        new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII)
                                .split(" ", 6);
                Window window =
                        new Window(
                                Integer.parseInt(parts[0]),
                                Long.parseLong(parts[1]),
                                Long.parseLong(parts[2]),
                                Long.parseLong(parts[3]),
                                moment(parts[4]),
                                moment(parts[5]));
                if (window.generation() == book.generation()) {
                    return window;
                }
            } catch (RuntimeException malformed) {
                throw CalendarErrors.invalid("Invalid sync token value.");
            }
            throw CalendarErrors.oldSyncToken();
        }

        private static @Nullable Instant moment(String text) {
            return text.equals("null") ? null : Instant.parse(text);
        }
    }

    private ApiResponse list(ApiRequest request) {
        CalendarBook book = book(request, READING);
        Fields asked = Fields.of(request);
        int most = number(asked.text("maxResults"));
        checkSync(asked);
        if (asked.has("orderBy") || asked.has("q")) {
            return searched(book, asked, most);
        }
        Window window = window(book, asked);
        boolean isSync = window.since() > 0;
        boolean showsGone = isSync || asked.text("showDeleted").equals("true");
        List<Entry> rest =
                book.between(Math.max(window.since(), window.after()), window.until()).stream()
                        .filter(entry -> entry.isCancelled() ? showsGone : window.holds(entry))
                        .toList();
        ObjectNode body = page(book, rest.stream().limit(most));
        if (rest.size() > most) {
            body.put("nextPageToken", window.pageAfter(rest.get(most - 1).change()).token());
        } else {
            body.put("nextSyncToken", window.token());
        }
        return ApiResponse.ok(body);
    }

    private static void checkSync(Fields asked) {
        boolean isNarrowed =
                NOT_WITH_SYNC_TOKEN.stream().anyMatch(asked::has)
                        || asked.text("showDeleted").equals("false");
        if (asked.has("syncToken") && isNarrowed) {
            throw CalendarErrors.of(
                    400, "badRequest", "Sync token cannot be used with list restrictions.");
        }
    }

    private static Window window(CalendarBook book, Fields asked) {
        if (asked.has("pageToken")) {
            return Window.read(book, asked.text("pageToken"));
        }
        if (!asked.has("syncToken")) {
            return Window.whole(book, bound(asked, "timeMin"), bound(asked, "timeMax"));
        }
        return Window.read(book, asked.text("syncToken")).next(book.lastChange());
    }

    /// In an order or by words: pages of what there is now, and nothing to sync by.
    private static ApiResponse searched(CalendarBook book, Fields asked, int most) {
        boolean isByStart = asked.text("orderBy").equals("startTime");
        if (isByStart && !asked.text("singleEvents").equals("true")) {
            throw CalendarErrors.of(
                    400,
                    "badRequest",
                    "The requested ordering is not available for the particular query.");
        }
        Window window = Window.whole(book, bound(asked, "timeMin"), bound(asked, "timeMax"));
        String words = asked.text("q").toLowerCase(Locale.ROOT);
        int from = asked.has("pageToken") ? number(asked.text("pageToken")) : 0;
        List<Entry> found =
                book.between(0, window.until()).stream()
                        .filter(entry -> !entry.isCancelled() && window.holds(entry))
                        .filter(entry -> text(entry).contains(words))
                        .sorted(
                                isByStart
                                        ? Comparator.comparing(Entry::start)
                                                .thenComparing(Entry::id)
                                        : Comparator.comparingLong(Entry::change))
                        .skip(from)
                        .toList();
        ObjectNode body = page(book, found.stream().limit(most));
        if (found.size() > most) {
            body.put("nextPageToken", Integer.toString(from + most));
        }
        return ApiResponse.ok(body);
    }

    private static String text(Entry entry) {
        return Stream.of("summary", "description", "location")
                .map(name -> entry.fields().path(name).asString())
                .reduce("", (all, one) -> all + "\n" + one)
                .toLowerCase(Locale.ROOT);
    }

    private static ObjectNode page(CalendarBook book, Stream<Entry> entries) {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        entries.map(Entry::told).forEach(items::add);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("kind", "calendar#events");
        body.put("etag", "\"p" + book.lastChange() + "\"");
        body.put("summary", book.owner().email());
        body.put("timeZone", CalendarTimes.OF_CALENDAR.getId());
        body.put("accessRole", "owner");
        body.set("defaultReminders", JsonNodeFactory.instance.arrayNode());
        body.set("items", items);
        return body;
    }

    private ApiResponse watch(ApiRequest request) {
        CalendarBook book = book(request, READING);
        JsonNode asked = body(request);
        if (!asked.path("type").asString().equals("web_hook")) {
            throw CalendarErrors.of(400, "badRequest", "Unknown channel type.");
        }
        return ApiResponse.ok(
                channels.open(
                        book.owner().key(),
                        asked.path("id").asString(),
                        asked.path("token").asString(),
                        asked.path("address").asString(),
                        life(asked)));
    }

    /// By `params.ttl` in seconds or `expiration` in milliseconds of the epoch, a week otherwise
    /// and at most.
    private Instant life(JsonNode asked) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant most = now.plus(CalendarChannels.LONGEST);
        String seconds = asked.path("params").path("ttl").asString();
        Instant wished =
                seconds.matches("\\d{1,9}")
                        ? now.plusSeconds(Long.parseLong(seconds))
                        : Instant.ofEpochMilli(
                                asked.path("expiration").asLong(most.toEpochMilli()));
        return wished.isBefore(most) ? wished : most;
    }

    private ApiResponse stop(ApiRequest request) {
        CalendarBook book = book(request, READING);
        JsonNode asked = body(request);
        boolean isStopped =
                channels.close(
                        book.owner().key(),
                        asked.path("id").asString(),
                        asked.path("resourceId").asString());
        if (!isStopped) {
            throw CalendarErrors.of(
                    404, "notFound", "Channel '" + asked.path("id").asString() + "' not found");
        }
        return ApiResponse.raw(204, "application/json", new byte[0]);
    }

    private CalendarBook book(ApiRequest request, Set<String> anyOf) {
        Kept.@Nullable Held<Pass> held = accounts.findAccess(request.bearer());
        if (held == null) {
            throw CalendarErrors.badToken();
        }
        if (held.thing().scopes().stream().noneMatch(anyOf::contains)) {
            throw CalendarErrors.tooLittleScope();
        }
        @Nullable GoogleUser user = users.find(held.thing().user());
        String calendar = request.text("calendar");
        if (user == null
                || !(calendar.isEmpty()
                        || calendar.equals("primary")
                        || calendar.equals(user.email()))) {
            throw CalendarErrors.notFound();
        }
        return books.of(user);
    }

    private JsonNode body(ApiRequest request) {
        try {
            return json.tree(request.bytes());
        } catch (Failure malformed) {
            throw CalendarErrors.of(400, "parseError", "Parse Error");
        }
    }

    private static @Nullable Instant bound(Fields asked, String name) {
        return asked.has(name) ? CalendarTimes.bound(asked.text(name)) : null;
    }

    private static int number(String text) {
        if (text.isEmpty()) {
            return USUAL_A_PAGE;
        }
        if (!text.matches("\\d{1,6}")) {
            throw CalendarErrors.invalid("Invalid integer value: '" + text + "'.");
        }
        return Math.clamp(Integer.parseInt(text), 1, MOST_A_PAGE);
    }
}
