package madang.calendar;

import static madang.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import madang.testing.Answer;
import madang.testing.House;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Events here and in Google Calendar say the same, whoever changed them where.
class GoogleSyncTest {
    private static final String SCOPES = "&sandbox_scopes=openid";

    @AutoClose private static House house;

    @BeforeAll
    static void open() {
        house = House.open();
    }

    @Test
    void who_connects_finds_his_events_there() {
        Diary mina = Diary.of(house, "mina");
        assertThat(mina.status().path("state").asString()).isEqualTo("NOT_CONNECTED");
        String tea = mina.proposes("차 한잔 🍵");
        mina.proposes("long ago", "2001-05-01T06:00:00Z", "2001-05-01T07:00:00Z");
        assertThat(mina.connects("").status()).isEqualTo(200);
        eventually(() -> mina.summaries().equals(List.of("차 한잔 🍵")));
        assertThat(mina.entry(tea).path("start").path("timeZone").asString())
                .isEqualTo("Asia/Seoul");
        assertThat(mina.shows(tea, "status")).isEqualTo("tentative");
        assertThat(mina.status().path("has_calendar_access").booleanValue()).isTrue();
        eventually(() -> mina.channels() == 1);
        eventually(() -> !mina.status().path("synced_at").isNull());
    }

    @Test
    void what_happens_here_happens_there() {
        Diary mina = Diary.connected(house, "mina");
        String walk = mina.proposes("walk");
        eventually(() -> mina.shows(walk, "summary").equals("walk"));
        mina.changes(walk, "{\"title\": \"longer walk\", \"location\": \"Han river\"}");
        eventually(() -> mina.shows(walk, "summary").equals("longer walk"));
        assertThat(mina.shows(walk, "location")).isEqualTo("Han river");
        mina.does(walk, "confirm");
        eventually(() -> mina.shows(walk, "status").equals("confirmed"));
        mina.does(walk, "cancel");
        eventually(() -> mina.entries().isEmpty());
    }

    @Test
    void what_happens_there_happens_here() {
        Diary mina = Diary.connected(house, "mina");
        String tea = mina.proposes("tea");
        eventually(() -> mina.shows(tea, "summary").equals("tea"));
        mina.edits(
                tea,
                "\"summary\": \"green tea\", \"start\": \"2027-05-02T10:00\", \"end\": \"2027-05-02T11:30\"");
        eventually(() -> mina.says(tea, "title").equals("green tea"));
        assertThat(mina.says(tea, "start_time")).startsWith("2027-05-02T01:00:00");
        assertThat(mina.says(tea, "end_time")).startsWith("2027-05-02T02:30:00");
        mina.deletes(tea);
        eventually(() -> mina.says(tea, "status").equals("CANCELED"));
        assertThat(mina.entries()).isEmpty();
    }

    @Test
    void who_was_asked_changes_nothing_there_and_declines_by_deleting() {
        Diary mina = Diary.connected(house, "mina");
        Diary joon = Diary.connected(house, "joon");
        String tea = mina.proposes("tea", joon);
        eventually(() -> mina.shows(tea, "summary").equals("tea"));
        assertThat(joon.entries()).isEmpty();
        joon.does(tea, "accept");
        eventually(() -> joon.shows(tea, "summary").equals("tea"));

        joon.edits(tea, "\"summary\": \"coffee\"");
        eventually(() -> joon.shows(tea, "summary").equals("tea"));
        assertThat(mina.says(tea, "title")).isEqualTo("tea");

        mina.edits(tea, "\"summary\": \"black tea\"");
        eventually(() -> joon.shows(tea, "summary").equals("black tea"));

        joon.deletes(tea);
        eventually(() -> joon.says(tea, "my_status").equals("DECLINED"));
        joon.does(tea, "accept");
        eventually(() -> joon.shows(tea, "summary").equals("black tea"));
        mina.http().delete("/api/v1/events/" + tea + "/participants/" + joon.person().id());
        eventually(() -> joon.entries().isEmpty());
        assertThat(mina.summaries()).containsExactly("black tea");
    }

    @Test
    void both_sides_may_change_different_things_at_once() {
        Diary mina = Diary.connected(house, "mina");
        String tea = mina.proposes("tea");
        eventually(() -> mina.shows(tea, "summary").equals("tea"));
        Diary.news(house, "never");
        try {
            mina.edits(tea, "\"location\": \"garden\"");
            mina.changes(tea, "{\"title\": \"tea party\"}");
            eventually(() -> mina.says(tea, "location").equals("garden"));
            eventually(() -> mina.shows(tea, "summary").equals("tea party"));
            assertThat(mina.shows(tea, "location")).isEqualTo("garden");
            assertThat(mina.says(tea, "title")).isEqualTo("tea party");
        } finally {
            Diary.news(house, "once");
        }
    }

    @Test
    void what_an_event_cannot_be_is_put_right_there() {
        Diary mina = Diary.connected(house, "mina");
        String tea = mina.proposes("tea");
        eventually(() -> mina.shows(tea, "summary").equals("tea"));
        mina.edits(tea, "\"summary\": \"  \"");
        eventually(() -> mina.shows(tea, "summary").equals("tea"));
        mina.edits(tea, "\"summary\": \"%s\"".formatted("가".repeat(300)));
        eventually(() -> mina.says(tea, "title").equals("가".repeat(200)));
    }

    @Test
    void forgotten_sync_tokens_lose_nothing() {
        Diary mina = Diary.connected(house, "mina");
        String tea = mina.proposes("tea");
        String walk = mina.proposes("walk");
        eventually(() -> mina.entries().size() == 2);
        Diary.news(house, "never");
        try {
            mina.edits(tea, "\"summary\": \"cold tea\"");
            mina.deletes(walk);
            mina.forgetsSyncTokens();
        } finally {
            Diary.news(house, "twice");
        }
        try {
            String talk = mina.proposes("talk");
            eventually(() -> mina.shows(talk, "summary").equals("talk"));
            mina.edits(talk, "\"location\": \"here\"");
            eventually(() -> mina.says(tea, "title").equals("cold tea"));
            eventually(() -> mina.says(walk, "status").equals("CANCELED"));
            eventually(() -> mina.says(talk, "location").equals("here"));
            assertThat(mina.summaries()).containsExactlyInAnyOrder("cold tea", "talk");
        } finally {
            Diary.news(house, "once");
        }
    }

    @Test
    void an_event_can_be_written_at_once_and_by_its_people_only() {
        Diary mina = Diary.connected(house, "mina");
        Diary joon = Diary.connected(house, "joon");
        Diary sora = Diary.connected(house, "sora");
        Diary haneul = Diary.of(house, "haneul");
        String tea = mina.proposes("tea", joon, haneul);
        Answer written = joon.http().post("/api/v1/calendar/sync/" + tea);
        assertThat(written.status()).as(written.text()).isEqualTo(200);
        assertThat(written.data().path("calendar_event").path("summary").asString())
                .isEqualTo("tea");
        assertThat(joon.shows(tea, "status")).isEqualTo("tentative");
        assertThat(joon.http().post("/api/v1/calendar/sync/" + tea).status()).isEqualTo(200);
        assertThat(joon.summaries()).containsExactly("tea");

        assertThat(sora.http().post("/api/v1/calendar/sync/" + tea).code())
                .isEqualTo("EVENT_NOT_FOUND");
        assertThat(sora.http().post("/api/v1/calendar/sync/nonsense").code())
                .isEqualTo("EVENT_NOT_FOUND");
        assertThat(haneul.http().post("/api/v1/calendar/sync/" + tea).code())
                .isEqualTo("CALENDAR_NOT_CONNECTED");
        mina.does(tea, "cancel");
        assertThat(mina.http().post("/api/v1/calendar/sync/" + tea).code())
                .isEqualTo("CALENDAR_EVENT_OVER");
    }

    @Test
    void his_calendar_is_shown_as_it_stands_there() {
        Diary mina = Diary.connected(house, "mina");
        house.stranger()
                .post(
                        "/sandbox/google/users/" + mina.google() + "/calendar",
                        "{\"summary\": \"dentist\", \"start\": \"2027-05-03T10:00\", \"end\": \"2027-05-03T11:00\"}");
        Answer may =
                mina.http()
                        .get(
                                "/api/v1/calendar/events?start_time=2027-05-01T00:00:00Z&end_time=2027-06-01T00:00:00Z");
        assertThat(may.data().path("count").intValue()).isEqualTo(1);
        assertThat(may.data().path("events").get(0).path("summary").asString())
                .isEqualTo("dentist");
        assertThat(mina.http().get("/api/v1/calendar/events").data().path("count").intValue())
                .isZero();
        assertThat(
                        mina.http()
                                .get(
                                        "/api/v1/calendar/events?start_time=2027-05-01T00:00:00Z&end_time=2027-04-01T00:00:00Z")
                                .status())
                .isEqualTo(422);
        assertThat(
                        mina.http()
                                .get(
                                        "/api/v1/calendar/events?start_time=2027-05-01T00:00:00Z&end_time=2029-06-01T00:00:00Z")
                                .status())
                .isEqualTo(422);
        assertThat(mina.http().get("/api/v1/calendar/events?start_time=may").status())
                .isEqualTo(422);
        assertThat(Diary.of(house, "joon").http().get("/api/v1/calendar/events").code())
                .isEqualTo("CALENDAR_NOT_CONNECTED");
    }

    @Test
    void who_does_not_tick_the_calendar_is_not_connected() {
        Diary mina = Diary.of(house, "mina");
        assertThat(mina.connects(SCOPES).status()).isEqualTo(200);
        assertThat(mina.status().path("has_calendar_access").booleanValue()).isFalse();
        assertThat(mina.status().path("state").asString()).isEqualTo("NOT_CONNECTED");
    }

    @Test
    void a_revoked_calendar_asks_to_be_connected_again() {
        Diary mina = Diary.connected(house, "mina");
        String tea = mina.proposes("tea");
        eventually(() -> mina.shows(tea, "summary").equals("tea"));
        mina.revokes();
        assertThat(mina.http().post("/api/v1/calendar/sync/" + tea).code())
                .isEqualTo("CALENDAR_NEEDS_RECONNECT");
        mina.changes(tea, "{\"title\": \"late tea\"}");
        eventually(() -> mina.status().path("state").asString().equals("NEEDS_RECONNECT"));
        assertThat(mina.http().get("/api/v1/calendar/events").code())
                .isEqualTo("CALENDAR_NEEDS_RECONNECT");
        assertThat(mina.shows(tea, "summary")).isEqualTo("tea");
        assertThat(mina.connects("").status()).isEqualTo(200);
        eventually(() -> mina.shows(tea, "summary").equals("late tea"));
        assertThat(mina.entries()).hasSize(1);
    }

    @Test
    void who_disconnects_keeps_what_stands_there() {
        Diary mina = Diary.connected(house, "mina");
        String tea = mina.proposes("tea");
        eventually(() -> mina.shows(tea, "summary").equals("tea"));
        eventually(() -> mina.channels() == 1);
        assertThat(mina.disconnects().status()).isEqualTo(200);
        assertThat(mina.http().delete("/api/v1/calendar/connection").code())
                .isEqualTo("CALENDAR_NOT_CONNECTED");
        assertThat(mina.status().path("state").asString()).isEqualTo("NOT_CONNECTED");
        assertThat(mina.channels()).isZero();
        mina.changes(tea, "{\"title\": \"other tea\"}");
        assertThat(mina.shows(tea, "summary")).isEqualTo("tea");
        assertThat(mina.connects("").status()).isEqualTo(200);
        eventually(() -> mina.shows(tea, "summary").equals("other tea"));
        assertThat(mina.entries()).hasSize(1);
    }

    @Test
    void nobody_else_rings_our_bell() {
        Answer unknown =
                house.stranger()
                        .with("X-Goog-Channel-ID", "01900000-0000-7000-8000-000000000000")
                        .with("X-Goog-Channel-Token", "guessed")
                        .post("/api/v1/webhooks/google/calendar");
        assertThat(unknown.code()).isEqualTo("CALENDAR_CHANNEL_NOT_FOUND");
        assertThat(house.stranger().post("/api/v1/webhooks/google/calendar").status())
                .isEqualTo(404);
    }
}
