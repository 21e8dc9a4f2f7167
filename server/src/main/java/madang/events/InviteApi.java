package madang.events;

import madang.events.InviteViews.InviteLinkView;
import madang.events.InviteViews.InviteView;
import madang.events.InviteViews.Invited;
import madang.events.InviteViews.Joined;
import madang.kit.Cursor;
import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Limit;
import madang.kit.http.Param;
import madang.kit.http.Routes;
import org.jspecify.annotations.Nullable;

/// Invitations over HTTP.
final class InviteApi {
    private static final String EVENT = "/api/v1/events/{event}";
    private static final String LINK = EVENT + "/invite-link";
    private static final String INVITE = "/api/v1/invite/{code}";
    private static final Param<QrCode.Format> FORMAT =
            Param.choice("format", QrCode.Format.class, QrCode.Format.SVG);

    private final Invitations invitations;

    InviteApi(Invitations invitations) {
        this.invitations = invitations;
    }

    void routes(Routes routes) {
        routes.post(LINK, Access.USER, Limit.API, MakeInviteLink.class, this::make)
                .summary("Make a link that leads into an event, for so long and so many")
                .bodyOptional()
                .answers(201, InviteLinkView.class);
        routes.get(EVENT + "/invite-links", Access.USER, Limit.API, this::links)
                .summary("The links of an event, the newest first, for its creator")
                .answersPage(InviteLinkView.class);
        routes.delete(LINK + "/{code}", Access.USER, Limit.API, this::deactivate)
                .summary("Let nobody in by this link any more");
        routes.get(LINK + "/{code}/qr", Access.USER, Limit.API, this::picture)
                .summary("The link as a QR code")
                .takes(FORMAT);
        routes.post(EVENT + "/invite", Access.USER, Limit.API, InviteFriends.class, this::invite)
                .summary("Ask friends to come")
                .answers(201, Invited.class);
        routes.get(INVITE, Access.USER, Limit.INVITE, this::look)
                .summary("What an invite link leads to")
                .answers(200, InviteView.class);
        routes.post(INVITE + "/join", Access.USER, Limit.API, JoinByLink.class, this::join)
                .summary("Come into an event by an invite link")
                .bodyOptional()
                .answers(200, Joined.class);
    }

    private ApiResponse make(ApiRequest request, MakeInviteLink command) {
        return ApiResponse.created(
                invitations.make(request.caller(), EventApi.event(request), command));
    }

    private ApiResponse links(ApiRequest request) {
        return ApiResponse.ok(
                invitations.links(
                        request.caller(),
                        EventApi.event(request),
                        after(request),
                        request.require(Param.LIMIT)));
    }

    private ApiResponse deactivate(ApiRequest request) {
        invitations.deactivate(request.caller(), EventApi.event(request), request.place("code"));
        return ApiResponse.done("ok.invite_link_deactivated");
    }

    private ApiResponse picture(ApiRequest request) {
        QrCode code =
                invitations.picture(
                        request.caller(), EventApi.event(request), request.place("code"));
        QrCode.Format format = request.require(FORMAT);
        return ApiResponse.raw(200, format.contentType(), code.as(format));
    }

    private ApiResponse invite(ApiRequest request, InviteFriends command) {
        Invited invited = invitations.invite(request.caller(), EventApi.event(request), command);
        return ApiResponse.of(invited.invited().isEmpty() ? 200 : 201, invited);
    }

    private ApiResponse look(ApiRequest request) {
        return ApiResponse.ok(invitations.look(request.caller(), request.place("code")));
    }

    private ApiResponse join(ApiRequest request, JoinByLink command) {
        return ApiResponse.ok(
                new Joined(invitations.join(request.caller(), request.place("code"), command)));
    }

    private static InviteStore.@Nullable Place after(ApiRequest request) {
        @Nullable Cursor cursor = Cursor.of(request.get(Param.CURSOR));
        return cursor == null ? null : new InviteStore.Place(cursor.instant(0), cursor.text(1));
    }
}
