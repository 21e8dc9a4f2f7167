package madang.webhooks;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import madang.chat.Chat;
import madang.chat.Message;
import madang.chat.Room;
import madang.identity.Identity;
import madang.identity.UserView;
import madang.kit.Id;
import madang.kit.Page;
import madang.kit.User;
import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Limit;
import madang.kit.http.Limits;
import madang.kit.http.Routes;
import org.jspecify.annotations.Nullable;

/// Webhooks over HTTP: their own routes for moderators, and the one door for everybody else.
final class WebhookApi {
    private static final String WEBHOOKS = "/api/v1/chat/rooms/{room}/webhooks";
    private static final String DOOR = "/api/v1/chat/hooks/";

    private final Webhooks webhooks;
    private final Identity identity;
    private final Limits limits;
    private final @Nullable URI publicUrl;

    WebhookApi(Webhooks webhooks, Identity identity, Limits limits, @Nullable URI publicUrl) {
        this.webhooks = webhooks;
        this.identity = identity;
        this.limits = limits;
        this.publicUrl = publicUrl;
    }

    /// A webhook as moderators see it. `user` is the author of what it says.
    record WebhookView(
            Id<Webhook> id, String name, Id<User> user, Id<User> createdBy, Instant createdAt) {}

    record WebhookUrl(WebhookView webhook, String url) {}

    /// All that who posts is told of the room.
    record Posted(Id<Message> id, long seq) {}

    void routes(Routes routes) {
        routes.post(WEBHOOKS, Access.USER, Limit.API, MakeWebhook.class, this::make)
                .summary(
                        "Open a door for another system; its address is shown here and never again")
                .answersSecrets()
                .answers(201, WebhookUrl.class);
        routes.get(WEBHOOKS, Access.USER, Limit.API, this::list)
                .summary("The webhooks of a room, the oldest first, all on one page")
                .answersListOf(WebhookView.class);
        routes.delete(WEBHOOKS + "/{webhook}", Access.USER, Limit.API, this::remove)
                .summary("Close a webhook");
        routes.post(DOOR + "{token}", Access.PUBLIC, Limit.API, PostToWebhook.class, this::post)
                .summary("Say something through a webhook; takes Slack's body as well")
                .answers(201, Posted.class);
    }

    private ApiResponse make(ApiRequest request, MakeWebhook command) {
        Webhooks.WithToken made = webhooks.make(request.caller(), room(request), command);
        return ApiResponse.created(
                        new WebhookUrl(
                                views(List.of(made.webhook())).getFirst(),
                                address(request) + DOOR + made.token()))
                .header("Cache-Control", "no-store");
    }

    private ApiResponse list(ApiRequest request) {
        return ApiResponse.ok(
                new Page<>(views(webhooks.of(request.caller(), room(request))), null));
    }

    private ApiResponse remove(ApiRequest request) {
        webhooks.remove(
                request.caller(), room(request), request.id("webhook", "WEBHOOK_NOT_FOUND"));
        return ApiResponse.done("ok.webhook_closed");
    }

    /// Addresses are limited like those of all strangers; beside that a webhook has a pace of its
    /// own, from however many addresses it is fed.
    private ApiResponse post(ApiRequest request, PostToWebhook command) {
        Webhook webhook = webhooks.byToken(request.place("token"));
        limits.require(Limit.WEBHOOK, webhook.id().toString());
        Chat.Sent sent = webhooks.post(webhook, command);
        ApiResponse answer =
                ApiResponse.of(
                        sent.isFresh() ? 201 : 200,
                        new Posted(sent.message().id(), sent.message().seq()));
        return sent.isFresh() ? answer : answer.header("Idempotent-Replayed", "true");
    }

    private List<WebhookView> views(List<Webhook> shown) {
        Map<Id<User>, UserView> voices =
                identity.people(shown.stream().map(Webhook::voice).toList());
        return shown.stream().map(webhook -> view(webhook, voices)).toList();
    }

    private static WebhookView view(Webhook webhook, Map<Id<User>, UserView> voices) {
        @Nullable UserView voice = voices.get(webhook.voice());
        return new WebhookView(
                webhook.id(),
                voice == null ? "" : voice.nickname(),
                webhook.voice(),
                webhook.createdBy(),
                webhook.createdAt());
    }

    private String address(ApiRequest request) {
        return publicUrl == null
                ? request.ownOrigin()
                : publicUrl.toString().replaceFirst("/+$", "");
    }

    private static Id<Room> room(ApiRequest request) {
        return request.id("room", "CHAT_ROOM_NOT_FOUND");
    }
}
