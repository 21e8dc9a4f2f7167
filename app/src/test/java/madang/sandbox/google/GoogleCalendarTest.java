package madang.sandbox.google;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Http;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The stand-in of Google Calendar speaks as Google does, to a client that knows only Google's
/// documents.
class GoogleCalendarTest {
    private static final String EVENTS = "/sandbox/google/calendar/v3/calendars/primary/events";
    private static final String SCOPE = "https://www.googleapis.com/auth/calendar";
    private static final String TEA =
            """
            {"summary": "차 한잔 🍵", "location": "Garden",
             "start": {"dateTime": "2027-03-01T15:00:00+09:00", "timeZone": "Asia/Seoul"},
             "end": {"dateTime": "2027-03-01T16:00:00+09:00", "timeZone": "Asia/Seoul"}}\
            """;
    private static final AtomicInteger PEOPLE = new AtomicInteger();

    private static House house;

    private String user;
    private Http calendar;

    @BeforeAll
    static void open() {
        house = House.open();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @BeforeEach
    void somebody_new() {
        user = "cal-" + PEOPLE.incrementAndGet();
        house.stranger()
                .post(
                        "/sandbox/google/users",
                        "{\"key\": \"%s\", \"name\": \"%s\"}".formatted(user, user));
        calendar = allowed(SCOPE + ".events");
    }

    @Test
    void an_event_is_written_read_changed_and_gone() {
        Answer made = calendar.post(EVENTS, TEA);
        assertThat(made.status()).isEqualTo(200);
        String id = made.body().path("id").stringValue();
        assertThat(made.body().path("status").stringValue()).isEqualTo("confirmed");
        assertThat(made.body().path("creator").path("self").booleanValue()).isTrue();

        Answer moved =
                calendar.patch(
                        event(id),
                        "{\"start\": {\"dateTime\": \"2027-03-01T14:00:00+09:00\"}, \"location\": null}");
        assertThat(moved.body().path("summary").stringValue()).isEqualTo("차 한잔 🍵");
        assertThat(moved.body().path("start").path("timeZone").stringValue())
                .isEqualTo("Asia/Seoul");
        assertThat(moved.body().has("location")).isFalse();
        assertThat(moved.body().path("sequence").intValue()).isEqualTo(1);
        assertThat(etag(moved)).isNotEqualTo(etag(made));

        assertThat(calendar.delete(event(id)).status()).isEqualTo(204);
        assertRefused(calendar.delete(event(id)), 410, "deleted");
        assertThat(calendar.get(event(id)).body().path("status").stringValue())
                .isEqualTo("cancelled");
        assertThat(ids(calendar.get(EVENTS))).isEmpty();
        assertRefused(calendar.get(event("nothere")), 404, "notFound");
    }

    @Test
    void an_id_of_ones_own_is_taken_once_and_for_ever() {
        String mine = "madang0123456789abcdefghijk";
        String named = TEA.replaceFirst("\\{", "{\"id\": \"" + mine + "\", ");
        assertThat(calendar.post(EVENTS, named).status()).isEqualTo(200);
        assertRefused(calendar.post(EVENTS, named), 409, "duplicate");
        calendar.delete(event(mine));
        assertRefused(calendar.post(EVENTS, named), 409, "duplicate");
        assertThat(calendar.put(event(mine), TEA).body().path("status").stringValue())
                .isEqualTo("confirmed");
        assertRefused(calendar.post(EVENTS, named.replace(mine, "Not-Base32")), 400, "invalid");
    }

    @Test
    void who_knows_an_older_version_changes_nothing() {
        Answer made = calendar.post(EVENTS, TEA);
        String id = made.body().path("id").stringValue();
        Http older = calendar.with("If-Match", etag(made));
        assertThat(calendar.with("If-None-Match", etag(made)).get(event(id)).status())
                .isEqualTo(304);
        assertThat(older.patch(event(id), "{\"summary\": \"one\"}").status()).isEqualTo(200);
        assertRefused(older.put(event(id), TEA), 412, "conditionNotMet");
        assertRefused(older.patch(event(id), "{\"summary\": \"two\"}"), 412, "conditionNotMet");
        assertRefused(older.delete(event(id)), 412, "conditionNotMet");
        assertThat(calendar.get(event(id)).body().path("summary").stringValue()).isEqualTo("one");
    }

    @Test
    void times_that_make_no_sense_are_refused() {
        assertRefused(
                calendar.post(EVENTS, TEA.replace("16:00:00", "14:00:00")), 400, "timeRangeEmpty");
        assertRefused(calendar.post(EVENTS, "{\"summary\": \"when?\"}"), 400, "required");
        assertRefused(
                calendar.post(
                        EVENTS,
                        """
                        {"start": {"dateTime": "2027-03-01T15:00:00"},
                         "end": {"dateTime": "2027-03-01T16:00:00"}}\
                        """),
                400,
                "required");
        assertRefused(calendar.post(EVENTS, "[]"), 400, "parseError");
    }

    @Test
    void a_sync_tells_what_changed_since_the_last_one() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(calendar.post(EVENTS, TEA).body().path("id").stringValue());
        }
        Answer first = calendar.get(EVENTS + "?maxResults=2");
        assertThat(first.body().has("nextSyncToken")).isFalse();
        String late = calendar.post(EVENTS, TEA).body().path("id").stringValue();
        Answer second = next(first, "?maxResults=2");
        Answer third = next(second, "?maxResults=2");
        assertThat(ids(first, second, third)).containsExactlyElementsOf(all);

        calendar.delete(event(all.get(3)));
        calendar.patch(event(all.get(1)), "{\"summary\": \"later\"}");
        Answer changes = calendar.get(EVENTS + "?syncToken=" + syncToken(third));
        assertThat(ids(changes)).containsExactly(late, all.get(3), all.get(1));
        JsonNode gone = changes.body().path("items").get(1);
        assertThat(gone.path("status").stringValue()).isEqualTo("cancelled");
        assertThat(gone.has("summary")).isFalse();

        assertThat(ids(calendar.get(EVENTS + "?syncToken=" + syncToken(changes)))).isEmpty();
        assertRefused(
                calendar.get(EVENTS + "?q=tea&syncToken=" + syncToken(changes)), 400, "badRequest");
    }

    @Test
    void what_is_deleted_in_an_empty_calendar_is_told() {
        String token = syncToken(calendar.get(EVENTS));
        String id = calendar.post(EVENTS, TEA).body().path("id").stringValue();
        calendar.delete(event(id));
        assertThat(ids(calendar.get(EVENTS + "?syncToken=" + token))).containsExactly(id);
    }

    @Test
    void a_forgotten_sync_token_asks_for_a_full_sync() {
        String token = syncToken(calendar.get(EVENTS));
        house.stranger().post(page() + "/forget-sync-tokens", "{}");
        assertRefused(calendar.get(EVENTS + "?syncToken=" + token), 410, "fullSyncRequired");
        assertThat(calendar.get(EVENTS + "?syncToken=" + syncToken(calendar.get(EVENTS))).status())
                .isEqualTo(200);
    }

    @Test
    void a_day_is_found_by_its_bounds_in_the_order_of_time() {
        calendar.post(EVENTS, TEA.replace("2027-03-01", "2027-03-03"));
        String second = calendar.post(EVENTS, TEA).body().path("id").stringValue();
        String first =
                calendar.post(EVENTS, TEA.replace("T15:", "T10:")).body().path("id").stringValue();
        String bounds = "?timeMin=2027-03-01T00:00:00%2B09:00&timeMax=2027-03-02T00:00:00%2B09:00";
        assertThat(ids(calendar.get(EVENTS + bounds + "&singleEvents=true&orderBy=startTime")))
                .containsExactly(first, second);
        assertRefused(calendar.get(EVENTS + bounds + "&orderBy=startTime"), 400, "badRequest");
        assertRefused(calendar.get(EVENTS + "?timeMin=tomorrow"), 400, "badRequest");
        assertThat(ids(calendar.get(EVENTS + "?q=GARDEN"))).hasSize(3);
    }

    @Test
    void a_token_opens_what_was_allowed_and_nothing_else() {
        assertRefused(house.stranger().get(EVENTS), 401, "authError");
        assertRefused(allowed("openid").get(EVENTS), 403, "insufficientPermissions");
        Http reader = allowed(SCOPE + ".readonly");
        assertThat(reader.get(EVENTS).status()).isEqualTo(200);
        assertRefused(reader.post(EVENTS, TEA), 403, "insufficientPermissions");
        assertRefused(
                calendar.get(EVENTS.replace("primary", "minji@example.com")), 404, "notFound");
        house.stranger().post("/sandbox/google/users/" + user + "/revoke", "{}");
        assertRefused(calendar.get(EVENTS), 401, "authError");
    }

    @Test
    void quotas_and_faults_are_ordered() {
        for (String reason : List.of("userRateLimitExceeded", "rateLimitExceeded")) {
            house.stranger()
                    .post(
                            "/sandbox/faults",
                            """
                            {"vendor": "google-calendar", "kind": "refusal", "times": "1",
                             "path": "/calendar/v3/calendars/{calendar}/events/{event}", "code": "%s"}\
                            """
                                    .formatted(reason));
            assertRefused(
                    calendar.get(event("any")), reason.startsWith("user") ? 403 : 429, reason);
        }
        assertRefused(calendar.get(event("any")), 404, "notFound");
    }

    @Test
    void a_channel_is_opened_once_and_stopped() {
        String channel = "{\"id\": \"%s\", \"type\": \"web_hook\", \"address\": \"%s\"}";
        String address = house.url() + "/api/v1/webhooks/google/account";
        Answer opened = calendar.post(EVENTS + "/watch", channel.formatted("ch-" + user, address));
        assertThat(opened.body().path("kind").stringValue()).isEqualTo("api#channel");
        assertThat(Long.parseLong(opened.body().path("expiration").stringValue()))
                .isGreaterThan(house.clock().instant().plus(Duration.ofDays(6)).toEpochMilli());
        assertRefused(
                calendar.post(EVENTS + "/watch", channel.formatted("ch-" + user, address)),
                400,
                "channelIdNotUnique");
        assertRefused(
                calendar.post(EVENTS + "/watch", channel.formatted("other", "ftp://x")),
                400,
                "push.webhookUrlNotHttps");
        assertThat(channels()).isEqualTo(1);
        String stop =
                "{\"id\": \"ch-%s\", \"resourceId\": \"%s\"}"
                        .formatted(user, opened.body().path("resourceId").stringValue());
        assertThat(calendar.post("/sandbox/google/calendar/v3/channels/stop", stop).status())
                .isEqualTo(204);
        assertRefused(
                calendar.post("/sandbox/google/calendar/v3/channels/stop", stop), 404, "notFound");
        assertThat(channels()).isZero();
    }

    @Test
    void people_edit_by_hand() {
        Answer page = house.stranger().with("Accept", "text/html").get(page());
        assertThat(page.text()).contains("<form");
        String id =
                house.stranger()
                        .post(
                                page(),
                                "{\"summary\": \"by hand\", \"start\": \"2027-03-01T10:00\", \"end\": \"2027-03-01T11:00\"}")
                        .body()
                        .path("id")
                        .stringValue();
        house.stranger().post(page(), "{\"id\": \"%s\", \"summary\": \"again\"}".formatted(id));
        Answer read = calendar.get(event(id));
        assertThat(read.body().path("summary").stringValue()).isEqualTo("again");
        assertThat(read.body().path("start").path("timeZone").stringValue())
                .isEqualTo("Asia/Seoul");
        house.stranger().post(page() + "/delete", "{\"id\": \"%s\"}".formatted(id));
        assertThat(calendar.get(event(id)).body().path("status").stringValue())
                .isEqualTo("cancelled");
    }

    private Http allowed(String scopes) {
        String token =
                house.stranger()
                        .post(
                                "/sandbox/google/token-for",
                                "{\"user\": \"%s\", \"scopes\": \"%s\"}".formatted(user, scopes))
                        .body()
                        .path("access_token")
                        .stringValue();
        return house.stranger().with("Authorization", "Bearer " + token);
    }

    private String page() {
        return "/sandbox/google/users/" + user + "/calendar";
    }

    private int channels() {
        return house.stranger().get(page()).body().path("channels").intValue();
    }

    private Answer next(Answer page, String query) {
        return calendar.get(
                EVENTS + query + "&pageToken=" + page.body().path("nextPageToken").stringValue());
    }

    private static String event(String id) {
        return EVENTS + "/" + id;
    }

    private static String etag(Answer answer) {
        return answer.body().path("etag").stringValue();
    }

    private static String syncToken(Answer answer) {
        return answer.body().path("nextSyncToken").stringValue();
    }

    private static List<String> ids(Answer... pages) {
        List<String> ids = new ArrayList<>();
        for (Answer page : pages) {
            page.body().path("items").forEach(item -> ids.add(item.path("id").stringValue()));
        }
        return ids;
    }

    private static void assertRefused(Answer answer, int status, String reason) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        JsonNode error = answer.body().path("error");
        assertThat(error.path("code").intValue()).isEqualTo(status);
        assertThat(error.path("errors").get(0).path("reason").stringValue()).isEqualTo(reason);
    }
}
