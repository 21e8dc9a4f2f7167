package madang.events;

import java.time.Instant;
import java.util.List;
import madang.events.EventStore.Question;
import madang.events.EventsViews.ChangeView;
import madang.events.EventsViews.EventView;
import madang.events.EventsViews.ParticipantView;
import madang.events.Ranges.Stretch;
import madang.kit.Cursor;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Page;
import madang.kit.User;
import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.IfMatch;
import madang.kit.http.Limit;
import madang.kit.http.Param;
import madang.kit.http.Routes;
import org.jspecify.annotations.Nullable;

/// Events and their people over HTTP. What changes an event heeds `If-Match`.
final class EventApi {
    private static final String EVENTS = "/api/v1/events";
    private static final String EVENT = EVENTS + "/{event}";
    private static final Param<EventStatus> STATUS = Param.constant("status", EventStatus.class);
    private static final Param<Standing> MY_STATUS = Param.constant("my_status", Standing.class);
    private static final Param<Range> RANGE = Param.choice("range", Range.class);
    private static final Param<Instant> FROM = Param.time("from");
    private static final Param<Instant> TO = Param.time("to");

    private final Events events;
    private final Ranges ranges;
    private final EventViewer viewer;

    EventApi(Events events, Ranges ranges, EventViewer viewer) {
        this.events = events;
        this.ranges = ranges;
        this.viewer = viewer;
    }

    void routes(Routes routes) {
        routes.post(EVENTS, Access.USER, Limit.API, CreateEvent.class, this::create)
                .summary("Propose an event, and ask people to come")
                .answers(201, EventView.class);
        routes.get(EVENTS, Access.USER, Limit.API, this::list)
                .summary(
                        "My events, the latest start first: in one status, of one answer of mine;"
                                + " today, this week or month in my time zone, or between two"
                                + " moments")
                .takes(STATUS, MY_STATUS, RANGE, FROM, TO)
                .answersPage(EventView.class);
        routes.get(EVENT, Access.USER, Limit.API, this::show)
                .summary("One event, with its version as ETag")
                .answers(200, EventView.class);
        routes.patch(EVENT, Access.USER, Limit.API, ChangeEvent.class, this::change)
                .summary("Change what is agreed; an absent field stays")
                .answers(200, EventView.class);
        routes.put(EVENT, Access.USER, Limit.API, ChangeEvent.class, this::change)
                .summary("The same")
                .answers(200, EventView.class);
        routes.delete(EVENT, Access.USER, Limit.API, this::delete)
                .summary("Call it off where it is open, and hide it from all lists");
        routes.post(EVENT + "/confirm", Access.USER, Limit.API, this::confirm)
                .summary("It will take place")
                .answers(200, EventView.class);
        routes.post(EVENT + "/cancel", Access.USER, Limit.API, this::cancel)
                .summary("It will not take place")
                .answers(200, EventView.class);
        routes.post(EVENT + "/done", Access.USER, Limit.API, this::finish)
                .summary("It took place; once it is over")
                .answers(200, EventView.class);
        routes.get(EVENT + "/history", Access.USER, Limit.API, this::history)
                .summary("Everything that happened to it, the newest first")
                .answersPage(ChangeView.class);
        participants(routes);
    }

    private void participants(Routes routes) {
        routes.get(EVENT + "/participants", Access.USER, Limit.API, this::participants)
                .summary("Who was asked, in turn, and what they said")
                .answersPage(ParticipantView.class);
        routes.post(
                        EVENT + "/participants",
                        Access.USER,
                        Limit.API,
                        AddParticipant.class,
                        this::add)
                .summary("Ask one more person to come")
                .answers(201, ParticipantView.class);
        routes.delete(EVENT + "/participants/{user}", Access.USER, Limit.API, this::remove)
                .summary("Put a participant out, or leave");
        routes.post(EVENT + "/accept", Access.USER, Limit.API, this::accept)
                .summary("I will come")
                .answers(200, EventView.class);
        routes.post(EVENT + "/confirm-participation", Access.USER, Limit.API, this::accept)
                .summary("The same")
                .answers(200, EventView.class);
        routes.post(EVENT + "/decline", Access.USER, Limit.API, this::decline)
                .summary("I will not come")
                .answers(200, EventView.class);
    }

    private ApiResponse create(ApiRequest request, CreateEvent command) {
        Event event = events.create(request.caller(), command);
        return tagged(event, ApiResponse.created(view(request, event)));
    }

    private ApiResponse list(ApiRequest request) {
        @Nullable Cursor cursor = Cursor.of(request.get(Param.CURSOR));
        Page<Event> page =
                events.list(
                        request.caller(),
                        question(request),
                        cursor == null
                                ? null
                                : new EventStore.Place(cursor.instant(0), cursor.id(1)),
                        request.require(Param.LIMIT));
        return ApiResponse.ok(
                new Page<>(viewer.views(page.items(), request.caller().user()), page.nextCursor()));
    }

    private Question question(ApiRequest request) {
        Stretch asked = stretch(request);
        return new Question(request.get(STATUS), request.get(MY_STATUS), asked.from(), asked.to());
    }

    private Stretch stretch(ApiRequest request) {
        @Nullable Range range = request.get(RANGE);
        @Nullable Instant from = request.get(FROM);
        @Nullable Instant to = request.get(TO);
        if (range != null && (from != null || to != null)) {
            throw Failure.invalid("range", "range_or_from_to");
        }
        if (from != null && to != null && to.isBefore(from)) {
            throw Failure.invalid("to", "to_before_from");
        }
        return range == null ? new Stretch(from, to) : ranges.of(request.caller(), range);
    }

    private ApiResponse show(ApiRequest request) {
        Event event = events.find(request.caller(), event(request));
        return tagged(event, ApiResponse.ok(view(request, event)));
    }

    private ApiResponse change(ApiRequest request, ChangeEvent command) {
        Event event = events.change(request.caller(), event(request), command, IfMatch.of(request));
        return tagged(event, ApiResponse.ok(view(request, event)));
    }

    private ApiResponse delete(ApiRequest request) {
        events.delete(request.caller(), event(request), IfMatch.of(request));
        return ApiResponse.done("ok.event_deleted");
    }

    private ApiResponse confirm(ApiRequest request) {
        return done(
                request,
                "ok.event_confirmed",
                events.confirm(request.caller(), event(request), IfMatch.of(request)));
    }

    private ApiResponse cancel(ApiRequest request) {
        return done(
                request,
                "ok.event_canceled",
                events.cancel(request.caller(), event(request), IfMatch.of(request)));
    }

    private ApiResponse finish(ApiRequest request) {
        return done(
                request,
                "ok.event_done",
                events.finish(request.caller(), event(request), IfMatch.of(request)));
    }

    private ApiResponse history(ApiRequest request) {
        @Nullable Cursor cursor = Cursor.of(request.get(Param.CURSOR));
        Page<EventChange> page =
                events.history(
                        request.caller(),
                        event(request),
                        cursor == null ? null : cursor.id(0),
                        request.require(Param.LIMIT));
        return ApiResponse.ok(new Page<>(viewer.changes(page.items()), page.nextCursor()));
    }

    private ApiResponse participants(ApiRequest request) {
        @Nullable Cursor cursor = Cursor.of(request.get(Param.CURSOR));
        Page<Participant> page =
                events.participants(
                        request.caller(),
                        event(request),
                        cursor == null
                                ? null
                                : new ParticipantStore.Place(cursor.instant(0), cursor.id(1)),
                        request.require(Param.LIMIT));
        return ApiResponse.ok(new Page<>(viewer.participants(page.items()), page.nextCursor()));
    }

    private ApiResponse add(ApiRequest request, AddParticipant command) {
        Participant added = events.add(request.caller(), event(request), command);
        return ApiResponse.created(viewer.participants(List.of(added)).getFirst());
    }

    private ApiResponse remove(ApiRequest request) {
        Id<User> user = request.id("user", "PARTICIPANT_NOT_FOUND");
        events.remove(request.caller(), event(request), user);
        return ApiResponse.done("ok.participant_removed");
    }

    private ApiResponse accept(ApiRequest request) {
        return done(
                request, "ok.invitation_accepted", events.accept(request.caller(), event(request)));
    }

    private ApiResponse decline(ApiRequest request) {
        return done(
                request,
                "ok.invitation_declined",
                events.decline(request.caller(), event(request)));
    }

    private ApiResponse done(ApiRequest request, String sentence, Event event) {
        return tagged(event, ApiResponse.done(sentence, view(request, event)));
    }

    private EventView view(ApiRequest request, Event event) {
        return viewer.view(event, request.caller().user());
    }

    private static ApiResponse tagged(Event event, ApiResponse answer) {
        return answer.header("ETag", event.etag());
    }

    static Id<Event> event(ApiRequest request) {
        return request.id("event", "EVENT_NOT_FOUND");
    }
}
