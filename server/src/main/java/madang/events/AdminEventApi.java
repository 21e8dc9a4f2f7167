package madang.events;

import madang.events.EventsViews.EventView;
import madang.events.EventsViews.ListedEventView;
import madang.identity.Staff;
import madang.kit.Cursor;
import madang.kit.Id;
import madang.kit.Page;
import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Limit;
import madang.kit.http.Param;
import madang.kit.http.Routes;
import org.jspecify.annotations.Nullable;

/// Other people's events over HTTP, for administrators.
final class AdminEventApi {
    private static final String EVENTS = "/api/v1/admin/events";
    private static final Param<EventStatus> STATUS = Param.constant("status", EventStatus.class);

    private final EventOffice office;
    private final EventViewer viewer;

    AdminEventApi(EventOffice office, EventViewer viewer) {
        this.office = office;
        this.viewer = viewer;
    }

    void routes(Routes routes) {
        routes.get(EVENTS, Access.ADMIN, Limit.API, this::page)
                .summary("All events, the newest first, deleted ones too")
                .takes(STATUS)
                .answersPage(ListedEventView.class);
        routes.get(EVENTS + "/{event}", Access.ADMIN, Limit.API, this::show)
                .summary("One event with what was agreed; that somebody looked is noted")
                .answers(200, EventView.class);
        routes.post(EVENTS + "/{event}/cancel", Access.ADMIN, Limit.API, this::cancel)
                .summary("Call somebody's event off, in the name of the house; noted")
                .answers(200, EventView.class);
    }

    private ApiResponse page(ApiRequest request) {
        @Nullable Cursor cursor = Cursor.of(request.get(Param.CURSOR));
        @Nullable Id<Event> before = cursor == null ? null : cursor.id(0);
        Page<Event> page = office.page(request.get(STATUS), before, request.require(Param.LIMIT));
        return ApiResponse.ok(new Page<>(viewer.listed(page.items()), page.nextCursor()));
    }

    private ApiResponse show(ApiRequest request) {
        return ApiResponse.ok(
                viewer.forStaff(office.view(Staff.of(request), EventApi.event(request))));
    }

    private ApiResponse cancel(ApiRequest request) {
        return ApiResponse.done(
                "ok.event_canceled",
                viewer.forStaff(office.cancel(Staff.of(request), EventApi.event(request))));
    }
}
