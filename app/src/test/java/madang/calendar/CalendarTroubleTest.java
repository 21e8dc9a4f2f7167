package madang.calendar;

import static madang.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Http;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Google is away, slow, out of patience or out of his mind: events here go on, and what was missed
/// is made up for.
class CalendarTroubleTest {
    private static final String EVENT = "/calendar/v3/calendars/{calendar}/events/{event}";
    private static final String EVENTS = "/calendar/v3/calendars/{calendar}/events";

    @AutoClose private static House house;

    @BeforeAll
    static void open() {
        house = House.open();
    }

    @AfterEach
    void all_is_well() {
        house.stranger().post("/sandbox/faults/clear", "{}");
        Diary.news(house, "once");
    }

    @ParameterizedTest
    @CsvSource({
        "refusal, userRateLimitExceeded",
        "refusal, rateLimitExceeded",
        "refusal, backendError",
        "reset, ''",
        "garbage, ''",
        "empty, ''"
    })
    void what_google_does_not_take_now_he_takes_later(String kind, String code) {
        Diary mina = Diary.connected(house, "mina");
        String tea = mina.proposes("tea");
        eventually(() -> mina.shows(tea, "summary").equals("tea"));
        fault(kind, code, EVENT, 2);
        assertThat(mina.changes(tea, "{\"title\": \"late tea\"}").status()).isEqualTo(200);
        eventually(() -> mina.shows(tea, "summary").equals("late tea"));
        assertThat(mina.entries()).hasSize(1);
    }

    /// The write took place and its answer was lost: the second one finds the first.
    @Test
    void an_event_whose_writing_was_not_heard_of_is_there_once() {
        Diary mina = Diary.connected(house, "mina");
        fault("refusal", "duplicate", EVENTS, 1);
        String tea = mina.proposes("tea");
        eventually(() -> mina.shows(tea, "summary").equals("tea"));
        assertThat(mina.entries()).hasSize(1);
    }

    @Test
    void one_event_that_is_never_taken_holds_up_no_other() {
        Diary mina = Diary.connected(house, "mina");
        fault("refusal", "badRequest", EVENTS, 1);
        String odd = mina.proposes("odd");
        String tea = mina.proposes("tea");
        eventually(() -> mina.summaries().size() == 1);
        String other = mina.summaries().equals(List.of("tea")) ? odd : tea;
        mina.changes(other, "{\"title\": \"changed\"}");
        eventually(() -> mina.shows(other, "summary").equals("changed"));
    }

    @Test
    void who_asks_while_google_is_away_is_told_so() {
        Diary mina = Diary.connected(house, "mina");
        fault("status", "", EVENTS, 1);
        Answer away = mina.http().get("/api/v1/calendar/events");
        assertThat(away.status()).isEqualTo(503);
        assertThat(away.code()).isEqualTo("PROVIDER_UNAVAILABLE");
        assertThat(mina.status().path("state").asString()).isEqualTo("CONNECTED");
    }

    @Test
    void what_was_never_told_is_asked_for() {
        Diary mina = Diary.connected(house, "mina");
        String tea = mina.proposes("tea");
        eventually(() -> mina.shows(tea, "summary").equals("tea"));
        eventually(() -> mina.channels() == 1);
        Diary.news(house, "never");
        mina.edits(tea, "\"summary\": \"silent tea\"");
        house.clock().move(Duration.ofMinutes(16));
        eventually(() -> titleOf(mina, tea).equals("silent tea"));
    }

    /// In a house of her own: in this one everybody's calendar would be due with every day. Nobody
    /// is at hers when the clock moves, for a turn that a jump makes old is another's as well.
    @Test
    void a_channel_is_renewed_before_it_ends_and_a_token_when_it_has() {
        try (House hers = House.open()) {
            Diary mina = Diary.connected(hers, "mina");
            String tea = mina.proposes("tea");
            eventually(() -> mina.shows(tea, "summary").equals("tea"));
            eventually(() -> mina.channels() == 1);
            Diary.news(hers, "never");
            for (int day = 2; day <= 10; day += 2) {
                String title = "tea before day " + day;
                mina.edits(tea, "\"summary\": \"%s\"".formatted(title));
                mina.rests();
                hers.clock().move(Duration.ofDays(2));
                Diary today = mina.onAnotherDevice();
                eventually(() -> today.says(tea, "title").equals(title));
            }
            assertThat(mina.channels()).isEqualTo(1);

            mina.rests();
            Diary.news(hers, "twice"); // whatever becomes of one of them
            mina.edits(tea, "\"summary\": \"told tea\"");
            Diary today = mina.onAnotherDevice();
            eventually(() -> today.says(tea, "title").equals("told tea"));
        }
    }

    @Test
    void another_account_at_google_gets_everything_anew() {
        Diary mina = Diary.connected(house, "mina");
        String tea = mina.proposes("tea");
        eventually(() -> mina.shows(tea, "summary").equals("tea"));
        Diary other = mina.atGoogleAs(Diary.of(house, "other"));
        assertThat(other.connects("").code()).isEqualTo("PROVIDER_ALREADY_LINKED");
        assertThat(mina.http().delete("/api/v1/users/me/links/google").status()).isEqualTo(200);
        assertThat(mina.status().path("state").asString()).isEqualTo("NEEDS_RECONNECT");
        assertThat(other.connects("").status()).isEqualTo(200);
        eventually(() -> other.shows(tea, "summary").equals("tea"));
        mina.changes(tea, "{\"title\": \"other tea\"}");
        eventually(() -> other.shows(tea, "summary").equals("other tea"));
        assertThat(mina.shows(tea, "summary")).isEqualTo("tea");
    }

    @Test
    void a_phone_brings_its_own_tokens() {
        Diary mina = Diary.of(house, "mina");
        JsonNode tokens = tokens(mina, " https://www.googleapis.com/auth/calendar");
        Answer signedIn =
                house.stranger()
                        .post(
                                "/api/v1/auth/google/calendar",
                                "{\"id_token\": \"%s\", \"access_token\": \"%s\"}"
                                        .formatted(
                                                tokens.path("id_token").asString(),
                                                tokens.path("access_token").asString()));
        assertThat(signedIn.status()).as(signedIn.text()).isEqualTo(200);
        Http phone = bearer(signedIn);
        eventually(() -> phone.get("/api/v1/calendar/status").text("state").equals("CONNECTED"));
        phone.post(
                "/api/v1/events",
                "{\"title\": \"from a phone\", \"start_time\": \"2029-05-01T06:00:00Z\", \"end_time\": \"2029-05-01T06:00:00Z\"}");
        eventually(() -> mina.summaries().equals(List.of("from a phone")));
        // Without a refresh token it ends with its hour.
        house.clock().move(Duration.ofHours(2));
        Http later =
                bearer(
                        house.stranger()
                                .post(
                                        "/api/v1/auth/google",
                                        "{\"id_token\": \"%s\"}"
                                                .formatted(
                                                        tokens(mina, "")
                                                                .path("id_token")
                                                                .asString())));
        eventually(
                () -> later.get("/api/v1/calendar/status").text("state").equals("NEEDS_RECONNECT"));
    }

    @Test
    void two_nodes_share_the_work_and_write_nothing_twice() {
        try (House first = House.open(Map.of("MADANG_BUS", "postgresql"));
                House second =
                        House.on(
                                first.database(),
                                Map.of(
                                        "MADANG_BUS", "postgresql",
                                        "MADANG_GOOGLE_AUTH_URL", first.url() + "/sandbox/google",
                                        "MADANG_GOOGLE_TOKEN_URL", first.url() + "/sandbox/google",
                                        "MADANG_GOOGLE_API_URL",
                                                first.url() + "/sandbox/google"))) {
            Diary mina = Diary.connected(first, "mina");
            for (int i = 0; i < 20; i++) {
                String title = "tea " + i;
                Answer made =
                        (i % 2 == 0 ? first : second)
                                .stranger()
                                .with("Authorization", "Bearer " + mina.person().accessToken())
                                .post(
                                        "/api/v1/events",
                                        "{\"title\": \"%s\", \"start_time\": \"2027-05-01T06:00:00Z\", \"end_time\": \"2027-05-01T07:00:00Z\"}"
                                                .formatted(title));
                assertThat(made.status()).isEqualTo(201);
            }
            eventually(() -> mina.entries().size() == 20);
            assertThat(mina.summaries()).doesNotHaveDuplicates();
        }
    }

    private static JsonNode tokens(Diary diary, String moreScopes) {
        return house.stranger()
                .post(
                        "/sandbox/google/token-for",
                        "{\"user\": \"%s\", \"scopes\": \"openid email profile%s\"}"
                                .formatted(diary.google(), moreScopes))
                .body();
    }

    private static Http bearer(Answer signedIn) {
        return house.stranger().with("Authorization", "Bearer " + signedIn.text("access_token"));
    }

    /// A sign-in of before ends with the days; a new sign-in is the same person.
    private static String titleOf(Diary diary, String event) {
        return diary.onAnotherDevice().says(event, "title");
    }

    private static void fault(String kind, String code, String path, int times) {
        assertThat(
                        house.stranger()
                                .post(
                                        "/sandbox/faults",
                                        "{\"vendor\": \"google-calendar\", \"kind\": \"%s\", \"code\": \"%s\", \"path\": \"%s\", \"times\": \"%d\"}"
                                                .formatted(kind, code, path, times))
                                .status())
                .isEqualTo(200);
    }
}
