package madang.recovery;

import java.time.Duration;

/// How a letter goes. After each try it rests twice as long as before, at most an hour. The first
/// rest is longer than a try can take, so that no other node takes up a letter that is on its way.
enum Channel {
    MAIL(Duration.ofMinutes(2)),
    SMS(Duration.ofSeconds(15));

    static final Duration LONGEST_REST = Duration.ofHours(1);

    private final Duration firstRest;

    Channel(Duration firstRest) {
        this.firstRest = firstRest;
    }

    Duration firstRest() {
        return firstRest;
    }
}
