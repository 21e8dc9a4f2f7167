package madang.events;

import java.time.Instant;
import madang.events.EventsViews.EventView;
import madang.kit.Id;
import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.IfMatch;
import madang.kit.http.Limit;
import madang.kit.http.Routes;

/// Events that come again, over HTTP: `repeat` is there or not; `rest` is this event and those that
/// follow it.
final class RepeatApi {
    private static final String EVENT = "/api/v1/events/{event}";
    private static final String REPEAT = EVENT + "/repeat";
    private static final String REST = EVENT + "/rest";

    /// How an event comes again: a rule of RFC 5545, counted from its first start on the clocks of
    /// a zone.
    record RepeatView(Id<Series> series, String rule, String timeZone, Instant firstStart) {
        static RepeatView of(Series series) {
            Recurrence recurrence = series.recurrence();
            return new RepeatView(
                    series.id(), recurrence.rule(), recurrence.timeZone(), recurrence.first());
        }
    }

    private final Repeats repeats;
    private final EventViewer viewer;

    RepeatApi(Repeats repeats, EventViewer viewer) {
        this.repeats = repeats;
        this.viewer = viewer;
    }

    void routes(Routes routes) {
        routes.get(REPEAT, Access.USER, Limit.API, this::show)
                .summary("How this event comes again")
                .answers(200, RepeatView.class);
        routes.put(REPEAT, Access.USER, Limit.API, Repeat.class, this::repeat)
                .summary("Let it come again by this rule, from this event on")
                .answers(200, RepeatView.class);
        routes.delete(REPEAT, Access.USER, Limit.API, this::stop)
                .summary("Let this event be the last one; those that follow are called off");
        routes.patch(REST, Access.USER, Limit.API, ChangeEvent.class, this::changeRest)
                .summary("Change this event and those that follow it")
                .answers(200, EventView.class);
        routes.post(REST + "/confirm", Access.USER, Limit.API, this::confirmRest)
                .summary("This event and those that follow it will take place");
        routes.post(REST + "/accept", Access.USER, Limit.API, this::acceptRest)
                .summary("I will come to this event and to those that follow it");
        routes.post(REST + "/decline", Access.USER, Limit.API, this::declineRest)
                .summary("I will not come to this event nor to those that follow it");
    }

    private ApiResponse show(ApiRequest request) {
        return ApiResponse.ok(RepeatView.of(repeats.of(request.caller(), EventApi.event(request))));
    }

    private ApiResponse repeat(ApiRequest request, Repeat command) {
        return ApiResponse.ok(
                RepeatView.of(
                        repeats.repeat(
                                request.caller(),
                                EventApi.event(request),
                                command,
                                IfMatch.of(request))));
    }

    private ApiResponse stop(ApiRequest request) {
        repeats.stop(request.caller(), EventApi.event(request));
        return ApiResponse.done("ok.repeat_stopped");
    }

    private ApiResponse changeRest(ApiRequest request, ChangeEvent command) {
        Event event =
                repeats.changeRest(
                        request.caller(), EventApi.event(request), command, IfMatch.of(request));
        return ApiResponse.ok(viewer.view(event, request.caller().user()))
                .header("ETag", event.etag());
    }

    private ApiResponse confirmRest(ApiRequest request) {
        repeats.confirmRest(request.caller(), EventApi.event(request));
        return ApiResponse.done("ok.event_confirmed");
    }

    private ApiResponse acceptRest(ApiRequest request) {
        repeats.answerRest(request.caller(), EventApi.event(request), true);
        return ApiResponse.done("ok.invitation_accepted");
    }

    private ApiResponse declineRest(ApiRequest request) {
        repeats.answerRest(request.caller(), EventApi.event(request), false);
        return ApiResponse.done("ok.invitation_declined");
    }
}
