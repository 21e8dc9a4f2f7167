package madang.events;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import madang.kit.json.Timestamps;
import org.jspecify.annotations.Nullable;

/// What is agreed about an event, and may be changed.
public enum EventField {
    TITLE(Event::title),
    DESCRIPTION(Event::description),
    LOCATION(Event::location),
    START_TIME(event -> Timestamps.format(event.startTime())),
    END_TIME(event -> Timestamps.format(event.endTime()));

    @SuppressWarnings("ImmutableEnumChecker") // functions that hold nothing
    private final Function<Event, @Nullable String> text;

    EventField(Function<Event, @Nullable String> text) {
        this.text = text;
    }

    /// Those in which two events differ.
    static List<EventField> between(Event before, Event after) {
        return Arrays.stream(values())
                .filter(field -> !Objects.equals(field.of(before), field.of(after)))
                .toList();
    }

    @Nullable String of(Event event) {
        return text.apply(event);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
