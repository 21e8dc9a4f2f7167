package madang.calendar;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import madang.events.Event;
import madang.events.EventStatus;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.ComponentList;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.PropertyList;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.Created;
import net.fortuna.ical4j.model.property.Description;
import net.fortuna.ical4j.model.property.DtEnd;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.LastModified;
import net.fortuna.ical4j.model.property.Location;
import net.fortuna.ical4j.model.property.ProdId;
import net.fortuna.ical4j.model.property.Sequence;
import net.fortuna.ical4j.model.property.Status;
import net.fortuna.ical4j.model.property.Summary;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.Url;
import net.fortuna.ical4j.model.property.XProperty;
import net.fortuna.ical4j.model.property.immutable.ImmutableCalScale;
import net.fortuna.ical4j.model.property.immutable.ImmutableStatus;
import net.fortuna.ical4j.model.property.immutable.ImmutableVersion;

/// Events as iCalendar (RFC 5545), for whatever program opens them. Times are UTC, which every
/// program shows in its reader's zone, so that none has to be described. Nobody's name or address
/// is told: who has the file need not know the others.
final class Ics {
    static final String CONTENT_TYPE = "text/calendar; charset=utf-8";
    private static final Duration REFRESH = Duration.ofHours(1);

    /// A line has so many octets at most (§3.1).
    private static final int MOST_OCTETS = 75;

    private final String appName;
    private final Supplier<String> pages;

    /// @param pages our address, below which each event has its page
    Ics(String appName, Supplier<String> pages) {
        this.appName = appName;
        this.pages = pages;
    }

    String file(Event event) {
        return text(List.of(), List.of(event));
    }

    /// To be read again and again, under our name.
    String feed(List<Event> events) {
        return text(
                List.of(
                        new XProperty("X-WR-CALNAME", oneLine(appName)),
                        new XProperty("REFRESH-INTERVAL;VALUE=DURATION", REFRESH.toString()),
                        new XProperty("X-PUBLISHED-TTL", REFRESH.toString())),
                events);
    }

    private String text(List<Property> more, List<Event> events) {
        List<Property> head =
                new ArrayList<>(
                        List.of(
                                new ProdId("-//Madang//" + oneLine(appName) + "//KO"),
                                ImmutableVersion.VERSION_2_0,
                                ImmutableCalScale.GREGORIAN));
        head.addAll(more);
        Calendar calendar =
                new Calendar(
                        new PropertyList(head),
                        new ComponentList<>(events.stream().map(this::event).toList()));
        return calendar.toString()
                .lines()
                .map(Ics::folded)
                .collect(Collectors.joining("\r\n", "", "\r\n"));
    }

    private VEvent event(Event event) {
        List<Property> said = new ArrayList<>();
        said.add(new Uid(event.id() + "@madang"));
        said.add(new DtStamp(seconds(event.updatedAt())));
        said.add(new Created(seconds(event.createdAt())));
        said.add(new LastModified(seconds(event.updatedAt())));
        said.add(new DtStart<>(seconds(event.startTime())));
        said.add(new DtEnd<>(seconds(event.endTime())));
        said.add(new Sequence((int) Math.min(event.version() - 1, Integer.MAX_VALUE)));
        said.add(status(event.status()));
        said.add(new Summary(visible(event.title())));
        if (event.description() != null) {
            said.add(new Description(visible(event.description())));
        }
        if (event.location() != null) {
            said.add(new Location(visible(event.location())));
        }
        said.add(new Url(URI.create(pages.get() + "/events/" + event.id())));
        return new VEvent(new PropertyList(said));
    }

    private static Status status(EventStatus status) {
        return switch (status) {
            case PROPOSED -> ImmutableStatus.VEVENT_TENTATIVE;
            case CONFIRMED, DONE -> ImmutableStatus.VEVENT_CONFIRMED;
            case CANCELED -> ImmutableStatus.VEVENT_CANCELLED;
        };
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    /// Without the signs that no line may hold.
    private static String visible(String text) {
        return text.replaceAll("\\r\\n?", "\n").replaceAll("[\\p{Cc}&&[^\\n\\t]]", "");
    }

    private static String oneLine(String text) {
        return visible(text).replaceAll("\\s+", " ");
    }

    /// Broken between signs, never inside one, as a longer line goes on after a blank.
    private static String folded(String line) {
        StringBuilder folded = new StringBuilder(line.length());
        int octets = 0;
        for (int at = 0; at < line.length(); at += Character.charCount(line.codePointAt(at))) {
            String sign = Character.toString(line.codePointAt(at));
            int width = sign.getBytes(UTF_8).length;
            if (octets + width > MOST_OCTETS) {
                folded.append("\r\n ");
                octets = 1;
            }
            folded.append(sign);
            octets += width;
        }
        return folded.toString();
    }
}
