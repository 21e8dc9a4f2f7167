package madang.calendar;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import madang.events.ChangeEvent;
import madang.events.Event;
import madang.kit.json.Patch;
import madang.kit.json.Storable;
import org.jspecify.annotations.Nullable;

/// What both sides can say of an event, in one form: whole seconds, one kind of line end, nothing
/// instead of blanks. Two that differ only in what the other side cannot keep are the same.
///
/// @param title never empty on our side
public record Content(
        Instant start,
        Instant end,
        @Nullable String title,
        @Nullable String description,
        @Nullable String location) {
    private static final int MOST_TITLE = 200;
    private static final int MOST_DESCRIPTION = 8_000;
    private static final int MOST_LOCATION = 200;

    static Content of(
            @Nullable String title,
            @Nullable String description,
            @Nullable String location,
            Instant start,
            Instant end) {
        return new Content(
                start.truncatedTo(ChronoUnit.SECONDS),
                end.truncatedTo(ChronoUnit.SECONDS),
                plain(title, MOST_TITLE),
                plain(description, MOST_DESCRIPTION),
                plain(location, MOST_LOCATION));
    }

    static Content of(Event event) {
        return of(
                event.title(),
                event.description(),
                event.location(),
                event.startTime(),
                event.endTime());
    }

    /// Field by field what either side has changed since they agreed; where both did, what the
    /// later one says. When it begins and ends is one field: halves of two wishes are nobody's.
    /// With nothing agreed on, ours stands.
    static Content merged(
            @Nullable Content agreed, Content ours, Content theirs, boolean areTheirsLater) {
        if (agreed == null) {
            return ours;
        }
        boolean isMovedThere = isTheirs(agreed.when(), ours.when(), theirs.when(), areTheirsLater);
        return new Content(
                isMovedThere ? theirs.start : ours.start,
                isMovedThere ? theirs.end : ours.end,
                // An event without a name is none of ours.
                theirs.title == null
                        ? ours.title
                        : field(agreed.title, ours.title, theirs.title, areTheirsLater),
                field(agreed.description, ours.description, theirs.description, areTheirsLater),
                field(agreed.location, ours.location, theirs.location, areTheirsLater));
    }

    /// What has to be changed in ours so that it says this. What stays is not named, because our
    /// side may know it better.
    ChangeEvent changeOf(Content ours) {
        return new ChangeEvent(
                Objects.equals(title, ours.title) || title == null
                        ? Patch.absent()
                        : Patch.of(title),
                Objects.equals(description, ours.description)
                        ? Patch.absent()
                        : Patch.of(description),
                Objects.equals(location, ours.location) ? Patch.absent() : Patch.of(location),
                start.equals(ours.start) ? Patch.absent() : Patch.of(start),
                end.equals(ours.end) ? Patch.absent() : Patch.of(end),
                Patch.absent());
    }

    private record Times(Instant start, Instant end) {}

    private Times when() {
        return new Times(start, end);
    }

    private static @Nullable String field(
            @Nullable String agreed,
            @Nullable String ours,
            @Nullable String theirs,
            boolean areTheirsLater) {
        return isTheirs(agreed, ours, theirs, areTheirsLater) ? theirs : ours;
    }

    private static boolean isTheirs(
            @Nullable Object agreed,
            @Nullable Object ours,
            @Nullable Object theirs,
            boolean areTheirsLater) {
        return !Objects.equals(theirs, agreed) && (Objects.equals(ours, agreed) || areTheirsLater);
    }

    private static @Nullable String plain(@Nullable String text, int most) {
        if (text == null || !Storable.is(text)) {
            return null;
        }
        String clean = text.replace("\r\n", "\n").replace('\r', '\n').strip();
        int length = Math.min(most, clean.codePointCount(0, clean.length()));
        String cut = clean.substring(0, clean.offsetByCodePoints(0, length)).strip();
        return cut.isEmpty() ? null : cut;
    }
}
