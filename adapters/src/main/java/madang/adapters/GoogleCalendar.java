package madang.adapters;

import static madang.adapters.OidcVerifier.text;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import madang.calendar.CalendarClient;
import madang.calendar.RemoteEvent;
import madang.kit.Failure;
import madang.kit.Secret;
import madang.kit.json.Json;
import madang.social.GoogleSettings;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Google Calendar v3, the primary calendar. Changes are patches: what a user sets in Google and we
/// do not know (colours, reminders) stays as it is.
public final class GoogleCalendar implements CalendarClient {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String EVENTS = "/calendar/v3/calendars/primary/events";
    private static final String EVENT_FIELDS =
            "id,etag,status,summary,description,location,start,end,updated,htmlLink";
    private static final int A_PAGE = 250;

    /// A page of events with the longest descriptions.
    private static final int MAX_BYTES = 8 << 20;

    private static final String REAL = "https://www.googleapis.com";
    private static final String STAND_IN = "/sandbox/google";

    /// Google writes 403 for what is too often as well as for what is forbidden.
    private static final Set<String> TOO_OFTEN =
            Set.of("userRateLimitExceeded", "rateLimitExceeded", "quotaExceeded");

    private final Host host;
    private final VendorHttp http;

    GoogleCalendar(Host host, VendorHttp http) {
        this.host = host;
        this.http = http;
    }

    /// Google itself where the house has a client there, else its stand-in, where there is one.
    ///
    /// @param ownAddress where the house reaches itself and its stand-ins
    public static GoogleCalendar of(
            GoogleSettings settings, @Nullable Supplier<String> ownAddress, Json json) {
        return new GoogleCalendar(
                host(settings, ownAddress),
                VendorHttp.ofUsers("google-calendar", json, System::nanoTime, MAX_BYTES));
    }

    private static Host host(GoogleSettings settings, @Nullable Supplier<String> ownAddress) {
        if (settings.apiUrl() != null) {
            return Host.at(settings.apiUrl().toString());
        }
        return settings.clientId() != null || ownAddress == null
                ? Host.at(REAL)
                : new Host(STAND_IN, () -> ownAddress.get() + STAND_IN);
    }

    @Override
    public Changes changes(Secret token, @Nullable String since, @Nullable String page) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("maxResults", Integer.toString(A_PAGE));
        query.put("fields", "nextPageToken,nextSyncToken,items(" + EVENT_FIELDS + ")");
        if (since != null) {
            query.put("syncToken", since);
        }
        if (page != null) {
            query.put("pageToken", page);
        }
        VendorHttp.Answer answer = ask("GET", EVENTS, query, null, token, null);
        if (answer.status() == 410 || (answer.status() == 400 && since != null)) {
            return new Changes.Forgotten();
        }
        JsonNode body = good(answer).json();
        return new Changes.Told(
                events(body), text(body, "nextPageToken"), text(body, "nextSyncToken"));
    }

    @Override
    public List<RemoteEvent> between(Secret token, Instant from, Instant to, int most) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("timeMin", from.toString());
        query.put("timeMax", to.toString());
        query.put("singleEvents", "true");
        query.put("orderBy", "startTime");
        query.put("maxResults", Integer.toString(most));
        query.put("fields", "items(" + EVENT_FIELDS + ")");
        return events(good(ask("GET", EVENTS, query, null, token, null)).json());
    }

    @Override
    public Optional<RemoteEvent> find(Secret token, String id) {
        VendorHttp.Answer answer = ask("GET", event(id), Map.of(), null, token, null);
        return answer.status() == 404 || answer.status() == 410
                ? Optional.empty()
                : Optional.of(read(good(answer)));
    }

    @Override
    public Written insert(Secret token, String id, Draft draft) {
        Map<String, Object> body = body(draft);
        body.put("id", id);
        VendorHttp.Answer answer = ask("POST", EVENTS, Map.of(), body, token, null);
        return answer.status() == 409 ? new Written.Taken() : new Written.Done(read(good(answer)));
    }

    @Override
    public Written update(Secret token, String id, String etag, Draft draft) {
        VendorHttp.Answer answer = ask("PATCH", event(id), Map.of(), body(draft), token, etag);
        return switch (answer.status()) {
            case 412 -> new Written.Changed();
            case 404, 410 -> new Written.Missing();
            default -> new Written.Done(read(good(answer)));
        };
    }

    @Override
    public void delete(Secret token, String id) {
        VendorHttp.Answer answer = ask("DELETE", event(id), Map.of(), null, token, null);
        if (answer.status() != 404 && answer.status() != 410) {
            good(answer);
        }
    }

    @Override
    public Channel watch(Secret token, String id, String secret, String address) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", id);
        body.put("type", "web_hook");
        body.put("address", address);
        body.put("token", secret);
        JsonNode opened = good(ask("POST", EVENTS + "/watch", Map.of(), body, token, null)).json();
        @Nullable String resource = text(opened, "resourceId");
        @Nullable String until = text(opened, "expiration");
        if (resource == null || until == null || !until.matches("\\d{1,15}")) {
            throw http.useless("a channel without an end");
        }
        return new Channel(id, resource, Instant.ofEpochMilli(Long.parseLong(until)));
    }

    @Override
    public void stop(Secret token, String channel, String resource) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", channel);
        body.put("resourceId", resource);
        VendorHttp.Answer answer =
                ask("POST", "/calendar/v3/channels/stop", Map.of(), body, token, null);
        if (answer.status() != 404) {
            good(answer);
        }
    }

    private VendorHttp.Answer ask(
            String method,
            String path,
            Map<String, String> query,
            @Nullable Object body,
            Secret token,
            @Nullable String ifMatch) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Authorization", "Bearer " + token.value());
        if (ifMatch != null) {
            headers.put("If-Match", ifMatch);
        }
        return http.send(method, host.at(path, query), body, headers, Deadline.in(PATIENCE));
    }

    private VendorHttp.Answer good(VendorHttp.Answer answer) {
        if (answer.isGood()) {
            return answer;
        }
        String reason =
                answer.json().path("error").path("errors").path(0).path("reason").asString("");
        if (answer.status() == 429 || TOO_OFTEN.contains(reason)) {
            throw VendorHttp.unavailable();
        }
        throw switch (answer.status()) {
            case 401 -> OidcVerifier.refused();
            case 403 ->
                    reason.equals("insufficientPermissions")
                            ? OidcVerifier.refused()
                            : Failure.conflict("CALENDAR_REFUSED");
            case 400, 404, 409, 410, 412 -> Failure.conflict("CALENDAR_REFUSED");
            default -> http.useless("status " + answer.status());
        };
    }

    private static String event(String id) {
        return EVENTS + "/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
    }

    private static Map<String, Object> body(Draft draft) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("summary", draft.content().title());
        body.put("description", draft.content().description());
        body.put("location", draft.content().location());
        body.put("start", time(draft.content().start(), draft.zone()));
        body.put("end", time(draft.content().end(), draft.zone()));
        body.put("status", draft.isTentative() ? "tentative" : "confirmed");
        return body;
    }

    /// `date` goes, for a whole day may have become a time.
    private static Map<String, Object> time(Instant at, ZoneId zone) {
        Map<String, Object> time = new LinkedHashMap<>();
        time.put("date", null);
        time.put("dateTime", at.toString());
        time.put("timeZone", zone.getId());
        return time;
    }

    private List<RemoteEvent> events(JsonNode body) {
        List<RemoteEvent> events = new ArrayList<>();
        for (JsonNode item : body.path("items")) {
            events.add(event(item));
        }
        return events;
    }

    private RemoteEvent read(VendorHttp.Answer answer) {
        return event(answer.json());
    }

    private RemoteEvent event(JsonNode json) {
        @Nullable String id = text(json, "id");
        @Nullable String etag = text(json, "etag");
        if (id == null || etag == null) {
            throw http.useless("an event without an id");
        }
        String status = Objects.requireNonNullElse(text(json, "status"), "");
        return new RemoteEvent(
                id,
                etag,
                status.equals("cancelled"),
                text(json, "summary"),
                text(json, "description"),
                text(json, "location"),
                when(json.path("start")),
                when(json.path("end")),
                status.equals("tentative"),
                moment(text(json, "updated")),
                text(json, "htmlLink"));
    }

    private static RemoteEvent.@Nullable When when(JsonNode time) {
        @Nullable Instant at = moment(text(time, "dateTime"));
        if (at != null) {
            return new RemoteEvent.When(at, null);
        }
        @Nullable LocalDate day = day(text(time, "date"));
        return day == null ? null : new RemoteEvent.When(null, day);
    }

    private static @Nullable Instant moment(@Nullable String text) {
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException malformed) {
            return null;
        }
    }

    private static @Nullable LocalDate day(@Nullable String text) {
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeException malformed) {
            return null;
        }
    }
}
