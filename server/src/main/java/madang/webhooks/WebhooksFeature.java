package madang.webhooks;

import java.net.URI;
import java.time.InstantSource;
import madang.chat.ChatFeature;
import madang.chat.RoomDeleted;
import madang.identity.Identity;
import madang.kit.Ids;
import madang.kit.db.Db;
import madang.kit.db.Outbox;
import madang.kit.feature.Feature;
import madang.kit.http.Limits;
import madang.kit.http.Routes;
import org.jspecify.annotations.Nullable;

/// Builds webhooks and hangs them where they belong.
public final class WebhooksFeature implements Feature {
    private final Webhooks webhooks;
    private final WebhookApi api;

    public WebhooksFeature(
            Db db,
            ChatFeature chat,
            Identity identity,
            Limits limits,
            @Nullable URI publicUrl,
            Ids ids,
            InstantSource clock) {
        webhooks =
                new Webhooks(
                        db, new WebhookStore(), chat.rooms(), chat.chat(), identity, ids, clock);
        api = new WebhookApi(webhooks, identity, limits, publicUrl);
    }

    @Override
    public void routes(Routes routes) {
        api.routes(routes);
    }

    @Override
    public void listeners(Outbox outbox) {
        outbox.listen(
                "webhooks.room-deleted",
                RoomDeleted.class,
                heard -> webhooks.forget(heard.fact().room()));
    }
}
