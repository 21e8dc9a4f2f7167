package madang.slots;

import madang.kit.Cursor;
import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Limit;
import madang.kit.http.Param;
import madang.kit.http.Routes;
import madang.slots.PollViews.MyPollView;
import madang.slots.PollViews.PollView;
import org.jspecify.annotations.Nullable;

/// Polls over HTTP. Whoever is shown one may answer it, a guest too.
final class PollApi {
    private static final String POLLS = "/api/v1/polls";
    private static final String POLL = POLLS + "/{code}";

    private final Polls polls;

    PollApi(Polls polls) {
        this.polls = polls;
    }

    void routes(Routes routes) {
        routes.post(POLLS, Access.USER, Limit.API, MakePoll.class, this::make)
                .summary("Ask others which of some times suit them")
                .answers(201, PollView.class);
        routes.get(POLLS, Access.USER, Limit.API, this::mine)
                .summary("My polls, the newest first")
                .answersPage(MyPollView.class);
        routes.get(POLL, Access.USER, Limit.API, this::show)
                .summary("A poll and what was said to it, for who knows its code")
                .answers(200, PollView.class);
        routes.put(POLL + "/votes", Access.USER, Limit.API, CastVotes.class, this::vote)
                .summary("Say which times suit me, in the place of what I said before")
                .answers(200, PollView.class);
        routes.post(POLL + "/close", Access.USER, Limit.API, ClosePoll.class, this::close)
                .summary("Make an event of a time; who can come is asked")
                .answers(201, PollView.class);
        routes.delete(POLL, Access.USER, Limit.API, this::delete)
                .summary("Ask no more; what came of it stays");
    }

    private ApiResponse make(ApiRequest request, MakePoll command) {
        return ApiResponse.created(view(request, polls.make(request.caller(), command)));
    }

    private ApiResponse mine(ApiRequest request) {
        @Nullable Cursor cursor = Cursor.of(request.get(Param.CURSOR));
        return ApiResponse.ok(
                polls.mine(
                                request.caller(),
                                cursor == null ? null : cursor.id(0),
                                request.require(Param.LIMIT))
                        .map(MyPollView::of));
    }

    private ApiResponse show(ApiRequest request) {
        return ApiResponse.ok(view(request, polls.find(request.caller(), request.place("code"))));
    }

    private ApiResponse vote(ApiRequest request, CastVotes command) {
        return ApiResponse.ok(
                view(request, polls.vote(request.caller(), request.place("code"), command)));
    }

    private ApiResponse close(ApiRequest request, ClosePoll command) {
        return ApiResponse.created(
                view(request, polls.close(request.caller(), request.place("code"), command)));
    }

    private ApiResponse delete(ApiRequest request) {
        polls.delete(request.caller(), request.place("code"));
        return ApiResponse.done("ok.poll_deleted");
    }

    private static PollView view(ApiRequest request, Polls.Standing standing) {
        return PollView.of(standing, request.caller().user());
    }
}
