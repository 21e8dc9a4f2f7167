package madang.people;

import madang.kit.Cursor;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Limit;
import madang.kit.http.Param;
import madang.kit.http.Routes;
import madang.people.PeopleViews.Direction;
import madang.people.PeopleViews.FriendRequestView;
import madang.people.PeopleViews.FriendView;
import madang.people.PeopleViews.ProfileView;
import org.jspecify.annotations.Nullable;

/// Friends and other people over HTTP. A request has no name of its own: it is named by the other
/// one of the two.
final class FriendApi {
    private static final String FRIENDS = "/api/v1/users/friends";
    private static final String REQUESTS = FRIENDS + "/requests";
    private static final Param<Direction> DIRECTION =
            Param.choice("direction", Direction.class, Direction.INCOMING);

    private final Friends friends;

    FriendApi(Friends friends) {
        this.friends = friends;
    }

    void routes(Routes routes) {
        routes.get("/api/v1/users/{user}", Access.USER, Limit.API, this::profile)
                .summary("Somebody's public profile, and what is between him and me")
                .answers(200, ProfileView.class);
        routes.get(FRIENDS, Access.USER, Limit.API, this::friends)
                .summary("My friends, the newest first, and who of them is there")
                .answersPage(FriendView.class);
        routes.delete(FRIENDS + "/{user}", Access.USER, Limit.API, this::remove)
                .summary("End a friendship");
        routes.get(REQUESTS, Access.USER, Limit.API, this::requests)
                .summary("Friend requests that wait, to me or from me, the newest first")
                .takes(DIRECTION)
                .answersPage(FriendRequestView.class);
        // Who asks whom is its own key: asking again is the first request.
        routes.post(REQUESTS, Access.USER, Limit.FRIEND_REQUEST, AskFriend.class, this::ask)
                .summary("Ask somebody to be friends; who has asked me is my friend by this")
                .keyedByItself()
                .answers(201, FriendRequestView.class);
        routes.post(REQUESTS + "/{user}/accept", Access.USER, Limit.API, this::accept)
                .summary("Be friends with somebody who asked me")
                .answers(200, FriendView.class);
        routes.post(REQUESTS + "/{user}/decline", Access.USER, Limit.API, this::decline)
                .summary("Say no to who asked me; he does not learn it");
        routes.delete(REQUESTS + "/{user}", Access.USER, Limit.API, this::cancel)
                .summary("Take my request back");
    }

    private ApiResponse profile(ApiRequest request) {
        return ApiResponse.ok(friends.profile(request.caller(), user(request)));
    }

    private ApiResponse friends(ApiRequest request) {
        return ApiResponse.ok(
                friends.friends(request.caller(), after(request), request.require(Param.LIMIT)));
    }

    private ApiResponse remove(ApiRequest request) {
        friends.remove(request.caller(), user(request));
        return ApiResponse.done("ok.friend_removed");
    }

    private ApiResponse requests(ApiRequest request) {
        return ApiResponse.ok(
                friends.requests(
                        request.caller(),
                        request.require(DIRECTION),
                        after(request),
                        request.require(Param.LIMIT)));
    }

    private ApiResponse ask(ApiRequest request, AskFriend command) {
        Friends.Asked asked = friends.ask(request.caller(), command);
        return ApiResponse.of(asked.isNew() ? 201 : 200, asked.request());
    }

    private ApiResponse accept(ApiRequest request) {
        return ApiResponse.ok(
                friends.accept(request.caller(), request.id("user", "FRIEND_REQUEST_NOT_FOUND")));
    }

    private ApiResponse decline(ApiRequest request) {
        friends.decline(request.caller(), user(request));
        return ApiResponse.done("ok.friend_declined");
    }

    private ApiResponse cancel(ApiRequest request) {
        friends.cancel(request.caller(), user(request));
        return ApiResponse.done("ok.friend_cancelled");
    }

    private static FriendStore.@Nullable Other after(ApiRequest request) {
        @Nullable Cursor cursor = Cursor.of(request.get(Param.CURSOR));
        return cursor == null ? null : new FriendStore.Other(cursor.id(1), cursor.instant(0));
    }

    private static Id<User> user(ApiRequest request) {
        return request.id("user", "USER_NOT_FOUND");
    }
}
