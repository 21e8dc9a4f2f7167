package madang.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import madang.events.Event;
import madang.kit.Id;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What both sides can say of an event, and the ids by which they call it.
class ContentTest {
    private static final Instant SIX = Instant.parse("2027-05-01T06:00:00Z");
    private static final Instant SEVEN = Instant.parse("2027-05-01T07:00:00Z");
    private static final Content AGREED = Content.of("tea", null, "garden", SIX, SEVEN);

    private static Content with(String title, String location) {
        return Content.of(title, null, location, SIX, SEVEN);
    }

    private static Content moved(int minutes) {
        return Content.of(
                "tea",
                null,
                "garden",
                SIX.plusSeconds(60L * minutes),
                SEVEN.plusSeconds(60L * minutes));
    }

    @Test
    void each_side_keeps_what_it_alone_has_changed() {
        Content merged =
                Content.merged(AGREED, with("green tea", "garden"), with("tea", "river"), false);
        assertThat(merged).isEqualTo(with("green tea", "river"));
        assertThat(Content.merged(AGREED, with("green tea", "garden"), with("tea", "river"), true))
                .isEqualTo(merged);
        assertThat(Content.merged(AGREED, AGREED, with("tea", null), false))
                .isEqualTo(with("tea", null));
    }

    @Test
    void what_both_have_changed_is_as_the_later_one_says() {
        assertThat(Content.merged(AGREED, with("ours", null), with("theirs", "river"), false))
                .isEqualTo(with("ours", null));
        assertThat(Content.merged(AGREED, with("ours", null), with("theirs", "river"), true))
                .isEqualTo(with("theirs", "river"));
    }

    @Test
    void an_event_is_moved_as_a_whole() {
        Content longer = Content.of("tea", null, "garden", SIX, SEVEN.plusSeconds(3_600));
        assertThat(Content.merged(AGREED, moved(30), longer, false)).isEqualTo(moved(30));
        assertThat(Content.merged(AGREED, moved(30), longer, true)).isEqualTo(longer);
    }

    @Test
    void with_nothing_agreed_on_ours_stands() {
        assertThat(Content.merged(null, AGREED, with("theirs", "river"), true)).isEqualTo(AGREED);
    }

    @Test
    void an_event_without_a_name_keeps_the_one_it_has() {
        assertThat(Content.merged(AGREED, AGREED, with(" ", "river"), true))
                .isEqualTo(with("tea", "river"));
    }

    @Test
    void what_the_other_side_cannot_keep_is_no_difference() {
        assertThat(
                        Content.of(
                                " tea\r\n",
                                " ",
                                "garden",
                                SIX.plusNanos(123_000),
                                SEVEN.plusNanos(9)))
                .isEqualTo(AGREED);
        assertThat(Content.of("\ud83c", "a\u0000b", null, SIX, SEVEN).title()).isNull();
        assertThat(Content.of("🍵".repeat(300), null, null, SIX, SEVEN).title())
                .isEqualTo("🍵".repeat(200));
    }

    @Test
    void only_what_differs_is_changed() {
        var change = with("green tea", null).changeOf(AGREED);
        assertThat(change.title().value()).isEqualTo("green tea");
        assertThat(change.location().given()).isTrue();
        assertThat(change.location().value()).isNull();
        assertThat(
                        Stream.of(change.description(), change.startTime(), change.endTime())
                                .anyMatch(patch -> patch.given()))
                .isFalse();
    }

    @Test
    void an_id_there_leads_back_to_the_event() {
        List<UUID> some =
                Stream.concat(
                                Stream.of(new UUID(0, 0), new UUID(-1, -1), new UUID(1, 1L << 63)),
                                Stream.generate(UuidCreator::getTimeOrderedEpoch).limit(1_000))
                        .toList();
        for (UUID uuid : some) {
            Id<Event> event = new Id<>(uuid);
            assertThat(Entry.remoteId(event)).matches("[0-9a-v]{26}");
            assertThat(Entry.eventOf(Entry.remoteId(event))).isEqualTo(event);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "short",
                "00000000000000000000000000000",
                "wwwwwwwwwwwwwwwwwwwwwwwwww",
                "한한한한한한한한한한한한한한한한한한한한한한한한한한"
            })
    void other_ids_lead_nowhere(String id) {
        assertThat(Entry.eventOf(id)).isNull();
    }
}
