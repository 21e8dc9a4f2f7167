package madang.calendar;

import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;
import madang.calendar.CalendarViews.CalendarEventsView;
import madang.calendar.CalendarViews.FeedView;
import madang.calendar.CalendarViews.StatusView;
import madang.calendar.CalendarViews.SyncedView;
import madang.events.Event;
import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Limit;
import madang.kit.http.Param;
import madang.kit.http.Routes;

/// Other calendars over HTTP: Google's, files and feeds, and where Google rings.
final class CalendarApi {
    private static final String CALENDAR = "/api/v1/calendar";
    private static final String FEED = CALENDAR + "/feed";
    private static final String SUFFIX = ".ics";
    private static final Param<Instant> START = Param.time("start_time");
    private static final Param<Instant> END = Param.time("end_time");

    private final Calendar calendar;
    private final Ics ics;
    private final Supplier<String> ownAddress;

    CalendarApi(Calendar calendar, Ics ics, Supplier<String> ownAddress) {
        this.calendar = calendar;
        this.ics = ics;
        this.ownAddress = ownAddress;
    }

    void routes(Routes routes) {
        routes.get(CALENDAR + "/status", Access.USER, Limit.API, this::status)
                .summary("Whether my events are kept the same in Google Calendar")
                .answers(200, StatusView.class);
        routes.get(CALENDAR + "/events", Access.USER, Limit.API, this::events)
                .summary("What stands in my Google calendar between two moments; this month")
                .takes(START, END)
                .answers(200, CalendarEventsView.class);
        routes.post(CALENDAR + "/sync/{event}", Access.USER, Limit.API, this::sync)
                .summary("Write an event to my Google calendar now")
                .outside()
                .answers(200, SyncedView.class);
        routes.delete(CALENDAR + "/connection", Access.USER, Limit.API, this::disconnect)
                .summary("Part from Google Calendar; what stands there stays there")
                .outside();
        routes.post(FEED, Access.USER, Limit.API, this::makeFeed)
                .summary(
                        "A new address by which a calendar program reads my events; the only sight")
                .answers(201, FeedView.class)
                .answersSecrets();
        routes.delete(FEED, Access.USER, Limit.API, this::endFeed)
                .summary("Nobody reads my events by that address any more");
        routes.get(FEED + "/{token}", Access.PUBLIC, Limit.CALENDAR_FEED, this::feed)
                .summary("My events as iCalendar, for whoever has the address");
        routes.get("/api/v1/events/{event}/ics", Access.USER, Limit.API, this::file)
                .summary("One event as an iCalendar file");
        routes.post(Channels.DOORBELL, Access.PUBLIC, Limit.VENDOR, this::ring)
                .summary("Where Google tells that a calendar has changed");
    }

    private ApiResponse status(ApiRequest request) {
        return ApiResponse.ok(calendar.status(request.caller()));
    }

    private ApiResponse events(ApiRequest request) {
        return ApiResponse.ok(
                calendar.between(request.caller(), request.get(START), request.get(END)));
    }

    private ApiResponse sync(ApiRequest request) {
        return ApiResponse.ok(
                new SyncedView(
                        calendar.write(request.caller(), request.id("event", "EVENT_NOT_FOUND"))));
    }

    private ApiResponse disconnect(ApiRequest request) {
        calendar.disconnect(request.caller());
        return ApiResponse.done("ok.calendar_disconnected");
    }

    private ApiResponse makeFeed(ApiRequest request) {
        Calendar.NewFeed feed = calendar.makeFeed(request.caller());
        return ApiResponse.created(
                new FeedView(
                        ownAddress.get() + FEED + "/" + feed.token() + SUFFIX, feed.createdAt()));
    }

    private ApiResponse endFeed(ApiRequest request) {
        calendar.endFeed(request.caller());
        return ApiResponse.done("ok.calendar_feed_ended");
    }

    private ApiResponse feed(ApiRequest request) {
        String name = request.place("token");
        String token = name.endsWith(SUFFIX) ? name.substring(0, name.length() - 4) : name;
        return ApiResponse.raw(Ics.CONTENT_TYPE, ics.feed(calendar.feed(token)))
                .header("Cache-Control", "private, max-age=300");
    }

    private ApiResponse file(ApiRequest request) {
        Event event = calendar.event(request.caller(), request.id("event", "EVENT_NOT_FOUND"));
        return ApiResponse.raw(Ics.CONTENT_TYPE, ics.file(event))
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"event-" + event.id() + ".ics\"");
    }

    /// Whatever it is that he tells: that something changed, or only that he will tell.
    private ApiResponse ring(ApiRequest request) {
        calendar.ring(
                Objects.requireNonNullElse(request.header("X-Goog-Channel-ID"), ""),
                Objects.requireNonNullElse(request.header("X-Goog-Channel-Token"), ""));
        return ApiResponse.done("ok.200");
    }
}
