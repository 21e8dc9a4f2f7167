package madang.app;

import java.nio.file.Path;
import java.util.function.Supplier;
import madang.audit.AuditFeature;
import madang.calendar.CalendarFeature;
import madang.calendar.CalendarSettings;
import madang.chat.ChatFeature;
import madang.chat.ChatSettings;
import madang.events.EventsFeature;
import madang.files.FilesFeature;
import madang.files.FilesSettings;
import madang.identity.IdentityFeature;
import madang.identity.IdentitySettings;
import madang.kit.http.PublicWeb;
import madang.kit.http.Uploads;
import madang.kit.settings.HttpSettings;
import madang.kit.settings.LimitSettings;
import madang.kit.settings.Stage;
import madang.live.LiveHub;
import madang.live.Origins;
import madang.live.SocketDoor;
import madang.live.SocketMethods;
import madang.moderation.ModerationFeature;
import madang.passkeys.PasskeysFeature;
import madang.people.PeopleFeature;
import madang.port.BlobStore;
import madang.recovery.RecoveryFeature;
import madang.recovery.RecoverySettings;
import madang.rights.RightsFeature;
import madang.rights.RightsSettings;
import madang.slots.SlotsFeature;
import madang.social.SocialFeature;
import madang.webhooks.WebhooksFeature;

/// What each feature is given; in which order they are built: [Wiring].
final class Features {
    private final Ground ground;
    private final Vendors vendors;
    private final Supplier<String> publicAddress;

    /// `publicAddress` is where people reach the house, once it runs.
    Features(Ground ground, Vendors vendors, Supplier<String> publicAddress) {
        this.ground = ground;
        this.vendors = vendors;
        this.publicAddress = publicAddress;
    }

    AuditFeature audit() {
        return new AuditFeature(ground.db(), ground.json(), ground.ids(), ground.clock());
    }

    SocialFeature social(IdentityFeature identity, AuditFeature audit) {
        return vendors.social(identity, audit.audit());
    }

    IdentityFeature identity(Origins origins, AuditFeature audit) {
        LimitSettings limits = ground.settings(LimitSettings.class);
        return new IdentityFeature(
                ground.settings(IdentitySettings.class),
                limits.login(),
                limits.loginAddress(),
                origins,
                audit.audit(),
                ground.db(),
                ground.bus(),
                ground.json(),
                ground.ids(),
                ground.clock());
    }

    ModerationFeature moderation(IdentityFeature identity) {
        return new ModerationFeature(
                ground.db(),
                ground.bus(),
                identity.identity(),
                ground.vault(),
                ground.ids(),
                ground.clock());
    }

    PeopleFeature people(
            LiveHub hub,
            SocketMethods methods,
            IdentityFeature identity,
            ModerationFeature moderation) {
        return new PeopleFeature(
                ground.db(),
                ground.bus(),
                ground.neighbours().presence(),
                hub,
                methods,
                identity.identity(),
                moderation.moderation(),
                ground.json(),
                ground.ids(),
                ground.clock());
    }

    RecoveryFeature recovery(IdentityFeature identity) {
        return new RecoveryFeature(
                ground.settings(RecoverySettings.class),
                new RecoveryFeature.Needs(
                        ground.db(),
                        identity.identity(),
                        identity.signInAnswer(),
                        ground.vault(),
                        ground.bounds(),
                        ground.texts(),
                        ground.server().appName(),
                        publicAddress,
                        vendors.mailer(),
                        vendors.sms(),
                        ground.ids(),
                        ground.clock()));
    }

    PasskeysFeature passkeys(IdentityFeature identity, AuditFeature audit) {
        HttpSettings own = ground.settings(HttpSettings.class);
        return new PasskeysFeature(
                ground.server().appName(),
                own.publicUrl(),
                own.stage() != Stage.PRODUCTION,
                ground.db(),
                identity.identity(),
                audit.audit(),
                identity.signInAnswer(),
                ground.json(),
                ground.ids(),
                ground.clock());
    }

    RightsFeature rights(IdentityFeature identity, BlobStore blobs, AuditFeature audit) {
        return new RightsFeature(
                ground.settings(RightsSettings.class),
                ground.db(),
                identity.identity(),
                blobs,
                data().resolve("exports"),
                audit.audit(),
                ground.texts(),
                ground.json(),
                ground.ids(),
                ground.clock());
    }

    FilesFeature files(BlobStore blobs) {
        FilesSettings limits = ground.settings(FilesSettings.class);
        Uploads uploads =
                new Uploads(
                        ground.json(),
                        data().resolve("uploads"),
                        limits.maxUploadBytes(),
                        ground.clock());
        return new FilesFeature(limits, ground.db(), blobs, uploads, ground.clock(), ground.ids());
    }

    ChatFeature chat(
            LiveHub hub,
            SocketDoor door,
            SocketMethods methods,
            IdentityFeature identity,
            ModerationFeature moderation,
            FilesFeature files,
            PublicWeb web) {
        return new ChatFeature(
                ground.settings(ChatSettings.class),
                new ChatFeature.Needs(
                        ground.db(),
                        ground.writes(),
                        ground.outbox(),
                        ground.bus(),
                        ground.neighbours().presence(),
                        hub,
                        door,
                        methods,
                        identity.identity(),
                        moderation.moderation()::between,
                        files.files(),
                        files.uploads(),
                        web,
                        ground.json(),
                        ground.clock(),
                        ground.ids()));
    }

    WebhooksFeature webhooks(ChatFeature chat, IdentityFeature identity) {
        return new WebhooksFeature(
                ground.db(),
                chat,
                identity.identity(),
                ground.bounds(),
                ground.settings(HttpSettings.class).publicUrl(),
                ground.ids(),
                ground.clock());
    }

    EventsFeature events(
            LiveHub hub,
            ChatFeature chat,
            SocketDoor door,
            SocketMethods methods,
            IdentityFeature identity,
            ModerationFeature moderation,
            PeopleFeature people,
            RecoveryFeature recovery,
            AuditFeature audit) {
        return new EventsFeature(
                new EventsFeature.Needs(
                        ground.db(),
                        chat,
                        door,
                        methods,
                        identity.identity(),
                        moderation.moderation(),
                        people.friends(),
                        recovery.reminding(),
                        ground.bus(),
                        hub,
                        ground.json(),
                        publicAddress,
                        audit.audit(),
                        ground.clock(),
                        ground.ids()));
    }

    SlotsFeature slots(
            EventsFeature events, IdentityFeature identity, ModerationFeature moderation) {
        return new SlotsFeature(
                ground.db(),
                events.events(),
                identity.identity(),
                moderation.moderation(),
                ground.clock(),
                ground.ids());
    }

    CalendarFeature calendar(EventsFeature events, SocialFeature social, IdentityFeature identity) {
        return new CalendarFeature(
                ground.settings(CalendarSettings.class),
                new CalendarFeature.Needs(
                        ground.db(),
                        events.events(),
                        social.social(),
                        identity.identity(),
                        vendors.calendar(),
                        ground.vault(),
                        ground.server().appName(),
                        publicAddress,
                        vendors::reachableAddress,
                        ground.ids(),
                        ground.clock()));
    }

    private Path data() {
        return ground.server().data();
    }
}
