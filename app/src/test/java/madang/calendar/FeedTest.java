package madang.calendar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static madang.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import madang.testing.Answer;
import madang.testing.House;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.component.VEvent;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Events as files and feeds, read by somebody else's reader of iCalendar.
class FeedTest {
    private static final String FEED = "/api/v1/calendar/feed";

    @AutoClose private static House house;

    @BeforeAll
    static void open() {
        house = House.open();
    }

    @Test
    void an_event_is_a_file_that_calendars_read() throws Exception {
        Diary mina = Diary.of(house, "mina");
        String title = "차 한잔 🍵, 정원에서; 셋이서 " + "🍵".repeat(60);
        String tea = mina.proposes(title);
        mina.changes(tea, "{\"description\": \"one\\ntwo\\\\three\"}");
        Answer file = mina.http().get("/api/v1/events/" + tea + "/ics");
        assertThat(file.header("Content-Type")).isEqualTo("text/calendar; charset=utf-8");
        assertThat(file.header("Content-Disposition")).contains(tea + ".ics");
        assertThat(file.text().lines().toList())
                .allSatisfy(line -> assertThat(line.getBytes(UTF_8).length).isLessThan(76));
        assertThat(file.text()).endsWith("\r\n").contains("DTSTART:20270501T060000Z\r\n");
        VEvent event = events(file).getFirst();
        assertThat(event.getSummary().getValue()).isEqualTo(title);
        assertThat(event.getDescription().getValue()).isEqualTo("one\ntwo\\three");
        assertThat(event.getUid().orElseThrow().getValue()).isEqualTo(tea + "@madang");
        assertThat(event.getStatus().getValue()).isEqualTo("TENTATIVE");
        assertThat(event.getSequence().getSequenceNo()).isEqualTo(1);

        mina.does(tea, "cancel");
        assertThat(
                        events(mina.http().get("/api/v1/events/" + tea + "/ics"))
                                .getFirst()
                                .getStatus()
                                .getValue())
                .isEqualTo("CANCELLED");
    }

    @Test
    void outsiders_get_no_file() {
        Diary mina = Diary.of(house, "mina");
        Diary sora = Diary.of(house, "sora");
        String tea = mina.proposes("tea");
        assertThat(sora.http().get("/api/v1/events/" + tea + "/ics").code())
                .isEqualTo("EVENT_NOT_FOUND");
        assertThat(house.stranger().get("/api/v1/events/" + tea + "/ics").status()).isEqualTo(401);
    }

    @Test
    void a_feed_shows_what_its_owner_comes_to() throws Exception {
        Diary mina = Diary.of(house, "mina");
        Diary joon = Diary.of(house, "joon");
        mina.proposes("tea", joon);
        String walk = mina.proposes("walk", joon);
        mina.proposes("long ago", "2001-05-01T06:00:00Z", "2001-05-01T07:00:00Z", joon);
        joon.does(walk, "accept");
        String path = feed(joon);
        Answer feed = house.stranger().get(path);
        assertThat(feed.header("Cache-Control")).isEqualTo("private, max-age=300");
        assertThat(feed.text()).contains("REFRESH-INTERVAL;VALUE=DURATION:PT1H");
        assertThat(titles(feed)).containsExactly("walk");
        assertThat(titles(house.stranger().get(feed(mina))))
                .containsExactlyInAnyOrder("tea", "walk");
        mina.does(walk, "cancel");
        assertThat(titles(house.stranger().get(path))).isEmpty();
    }

    @Test
    void a_new_feed_ends_the_old_one() {
        Diary mina = Diary.of(house, "mina");
        String old = feed(mina);
        String fresh = feed(mina);
        assertThat(house.stranger().get(old).code()).isEqualTo("CALENDAR_FEED_NOT_FOUND");
        assertThat(house.stranger().get(fresh).status()).isEqualTo(200);
        assertThat(mina.http().delete(FEED).status()).isEqualTo(200);
        assertThat(house.stranger().get(fresh).code()).isEqualTo("CALENDAR_FEED_NOT_FOUND");
        assertThat(mina.http().delete(FEED).code()).isEqualTo("CALENDAR_FEED_NOT_FOUND");
        assertThat(house.stranger().get(FEED + "/guess.ics").status()).isEqualTo(404);
        assertThat(house.stranger().post(FEED).status()).isEqualTo(401);
    }

    @Test
    void who_takes_his_data_along_finds_his_calendars() throws Exception {
        Diary mina = Diary.connected(house, "mina");
        String tea = mina.proposes("차 🍵");
        feed(mina);
        eventually(() -> mina.shows(tea, "summary").equals("차 🍵"));
        assertThat(mina.http().post("/api/v1/users/me/export").status()).isEqualTo(202);
        eventually(() -> mina.http().get("/api/v1/users/me/export").text("state").equals("ready"));
        byte[] zip =
                mina.http()
                        .get(mina.http().get("/api/v1/users/me/export").text("url"))
                        .response()
                        .body();
        Map<String, String> files = new HashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), new String(in.readAllBytes(), UTF_8));
            }
        }
        assertThat(files.get("calendar/google.json")).contains("ACTIVE");
        assertThat(files.get("calendar/written.json")).contains("차 🍵", tea);
        assertThat(files.get("calendar/feed.json")).contains("created_at");
    }

    private static String feed(Diary diary) {
        Answer made = diary.http().post(FEED);
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text("url")).endsWith(".ics");
        return URI.create(made.text("url")).getPath();
    }

    private static List<VEvent> events(Answer file) throws Exception {
        return new CalendarBuilder().build(new StringReader(file.text())).getComponents("VEVENT");
    }

    private static List<String> titles(Answer file) throws Exception {
        return events(file).stream().map(event -> event.getSummary().getValue()).toList();
    }
}
