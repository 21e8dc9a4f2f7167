package madang.events;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import madang.identity.Identity;
import madang.identity.UserView;
import madang.kit.Cursor;
import madang.kit.Id;
import madang.kit.Page;
import madang.kit.User;
import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Limit;
import madang.kit.http.Param;
import madang.kit.http.Routes;
import org.jspecify.annotations.Nullable;

/// Who did not come, over HTTP.
final class NoShowApi {
    private static final String NO_SHOWS = "/api/v1/events/{event}/no-shows";
    private static final String NO_SHOW = NO_SHOWS + "/{user}";

    /// Somebody who did not come to an event, for those who belong to it.
    record NoShowView(
            UserView user,
            Instant markedAt,
            @Nullable String objection,
            @Nullable Instant objectedAt) {}

    /// An event to which its reader is said not to have come.
    record MissedView(
            Id<Event> eventId,
            String title,
            Instant startTime,
            Instant markedAt,
            @Nullable String objection,
            @Nullable Instant objectedAt) {
        static MissedView of(NoShowStore.Missed missed) {
            NoShow noShow = missed.noShow();
            return new MissedView(
                    noShow.eventId(),
                    missed.title(),
                    missed.startTime(),
                    noShow.markedAt(),
                    noShow.objection(),
                    noShow.objectedAt());
        }
    }

    private final NoShows noShows;
    private final Identity identity;

    NoShowApi(NoShows noShows, Identity identity) {
        this.noShows = noShows;
        this.identity = identity;
    }

    void routes(Routes routes) {
        routes.get(NO_SHOWS, Access.USER, Limit.API, this::list)
                .summary("Who said that he would come and did not, for those who belong to it")
                .answersPage(NoShowView.class);
        routes.put(NO_SHOW, Access.USER, Limit.API, this::mark)
                .summary("Say that somebody did not come; its creator, once it is over")
                .answers(201, NoShowView.class);
        routes.delete(NO_SHOW, Access.USER, Limit.API, this::takeBack).summary("Take it back");
        routes.put(
                        NO_SHOW + "/objection",
                        Access.USER,
                        Limit.API,
                        ObjectToNoShow.class,
                        this::object)
                .summary("Say what is to be said to it; the one whom it is about")
                .answers(200, NoShowView.class);
        routes.get("/api/v1/users/me/no-shows", Access.USER, Limit.API, this::mine)
                .summary("Events to which I am said not to have come, the newest first")
                .answersPage(MissedView.class);
    }

    private ApiResponse list(ApiRequest request) {
        @Nullable Cursor cursor = Cursor.of(request.get(Param.CURSOR));
        Page<NoShow> page =
                noShows.of(
                        request.caller(),
                        EventApi.event(request),
                        cursor == null ? null : cursor.id(0),
                        request.require(Param.LIMIT));
        return ApiResponse.ok(new Page<>(views(page.items()), page.nextCursor()));
    }

    private ApiResponse mark(ApiRequest request) {
        NoShows.Marked marked =
                noShows.mark(request.caller(), EventApi.event(request), user(request));
        return ApiResponse.of(marked.isNew() ? 201 : 200, view(marked.noShow()));
    }

    private ApiResponse takeBack(ApiRequest request) {
        noShows.takeBack(request.caller(), EventApi.event(request), user(request));
        return ApiResponse.done("ok.no_show_taken_back");
    }

    private ApiResponse object(ApiRequest request, ObjectToNoShow command) {
        return ApiResponse.ok(
                view(
                        noShows.object(
                                request.caller(),
                                EventApi.event(request),
                                user(request),
                                command)));
    }

    private ApiResponse mine(ApiRequest request) {
        @Nullable Cursor cursor = Cursor.of(request.get(Param.CURSOR));
        return ApiResponse.ok(
                noShows.mine(
                                request.caller(),
                                cursor == null
                                        ? null
                                        : new NoShowStore.Place(cursor.instant(0), cursor.id(1)),
                                request.require(Param.LIMIT))
                        .map(MissedView::of));
    }

    private NoShowView view(NoShow noShow) {
        return views(List.of(noShow)).getFirst();
    }

    private List<NoShowView> views(List<NoShow> noShows) {
        Map<Id<User>, UserView> people =
                identity.people(noShows.stream().map(NoShow::userId).toList());
        return noShows.stream()
                .filter(noShow -> people.containsKey(noShow.userId()))
                .map(noShow ->
                        new NoShowView(
                                Objects.requireNonNull(people.get(noShow.userId())),
                                noShow.markedAt(),
                                noShow.objection(),
                                noShow.objectedAt()))
                .toList();
    }

    private static Id<User> user(ApiRequest request) {
        return request.id("user", "PARTICIPANT_NOT_FOUND");
    }
}
