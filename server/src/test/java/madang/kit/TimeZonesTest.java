package madang.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class TimeZonesTest {

    @Test
    void a_zone_has_a_name_that_others_know_too() {
        assertThat(TimeZones.parse("Asia/Seoul")).isEqualTo(ZoneId.of("Asia/Seoul"));
        assertThat(TimeZones.parse("UTC")).isNotNull();
        assertThat(TimeZones.parse("Asia/Atlantis")).isNull();
        assertThat(TimeZones.parse("")).isNull();
    }

    @Test
    void names_that_a_library_made_up_are_none() {
        assertThat(ZoneId.getAvailableZoneIds()).anyMatch(name -> name.startsWith("ical4j~"));
        assertThat(ZoneId.getAvailableZoneIds())
                .filteredOn(name -> name.startsWith("ical4j~"))
                .noneMatch(TimeZones::knows);
    }
}
