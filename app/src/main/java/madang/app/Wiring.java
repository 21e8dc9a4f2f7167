package madang.app;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalTime;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.IntSupplier;
import madang.audit.Audit;
import madang.audit.AuditCheck;
import madang.audit.AuditFeature;
import madang.calendar.CalendarFeature;
import madang.calendar.CalendarSettings;
import madang.chat.ChatFeature;
import madang.chat.ChatSettings;
import madang.dialect.woongkie.WoongkieFeature;
import madang.dialect.woongkie.WoongkieSettings;
import madang.embedded.DirectoryBlobStore;
import madang.events.EventsFeature;
import madang.files.FilesFeature;
import madang.files.FilesSettings;
import madang.identity.IdentityFeature;
import madang.identity.IdentitySettings;
import madang.kit.CannotStart;
import madang.kit.ErrorReporter;
import madang.kit.Ids;
import madang.kit.Secret;
import madang.kit.Texts;
import madang.kit.db.DatabaseAddress;
import madang.kit.db.Db;
import madang.kit.db.Migrations;
import madang.kit.db.Outbox;
import madang.kit.db.OutboxRelay;
import madang.kit.http.HttpServer;
import madang.kit.http.Idempotency;
import madang.kit.http.Limits;
import madang.kit.http.OpenApi;
import madang.kit.http.PublicWeb;
import madang.kit.http.Routes;
import madang.kit.http.SystemApi;
import madang.kit.http.Uploads;
import madang.kit.jobs.Jobs;
import madang.kit.json.Json;
import madang.kit.settings.BusKind;
import madang.kit.settings.DatabaseSettings;
import madang.kit.settings.HttpSettings;
import madang.kit.settings.LimitSettings;
import madang.kit.settings.NodeSettings;
import madang.kit.settings.SecretSettings;
import madang.kit.settings.ServerSettings;
import madang.kit.settings.Settings;
import madang.kit.settings.Stage;
import madang.live.AsyncApi;
import madang.live.EventStreams;
import madang.live.LiveHub;
import madang.live.Origins;
import madang.live.SocketDoor;
import madang.live.SocketMethods;
import madang.live.SocketPage;
import madang.live.SocketUpgrade;
import madang.moderation.Moderation;
import madang.moderation.ModerationFeature;
import madang.passkeys.PasskeysFeature;
import madang.people.PeopleFeature;
import madang.port.BlobStore;
import madang.recovery.RecoveryFeature;
import madang.recovery.RecoverySettings;
import madang.rights.RightsFeature;
import madang.rights.RightsSettings;
import madang.sandbox.MovableClock;
import madang.sandbox.Sandbox;
import madang.sandbox.SandboxSettings;
import madang.slots.SlotsFeature;
import madang.social.Social;
import madang.social.SocialFeature;
import madang.web.Assets;
import madang.web.Pages;
import madang.webhooks.WebhooksFeature;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every part of the house, built by its constructor from what it needs, in the order in which they
/// know each other. Nothing runs before `start`.
public final class Wiring {
    private static final Logger log = LoggerFactory.getLogger(Wiring.class);

    private static final String FACTS = "kit.facts";

    /// The real time, as fine as PostgreSQL keeps it: what is answered is what will be read.
    static final InstantSource MICROSECONDS =
            Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));

    /// What differs between a run and a test: the time, and where faults are told.
    public record Surroundings(InstantSource clock, ErrorReporter errors) {}

    private final Settings settings;
    private final Db db;
    private final Db writes;
    private final OutboxRelay relay;
    private final Jobs jobs;
    private final Neighbours neighbours;
    private final LiveHub hub;
    private final AuditFeature audit;
    private final IdentityFeature identity;
    private final SocialFeature social;
    private final PasskeysFeature passkeys;
    private final RecoveryFeature recovery;
    private final ModerationFeature moderation;
    private final PeopleFeature people;
    private final PublicWeb web = new PublicWeb(PublicWeb.Resolver.OF_SYSTEM, "Madang-Preview");
    private final BlobStore blobs;
    private final FilesFeature files;
    private final RightsFeature rights;
    private final @Nullable ChatFeature chat;
    private final @Nullable WebhooksFeature webhooks;
    private final @Nullable EventsFeature events;
    private final @Nullable SlotsFeature slots;
    private final @Nullable CalendarFeature calendar;
    private final Routes routes = new Routes();
    private final Future<Assets> assets = CompletableFuture.supplyAsync(Assets::load);
    private final SocketMethods methods;
    private final HttpServer http;
    private final @Nullable Sandbox sandbox;
    private final IntSupplier woongkiePort;
    private final IntSupplier innerPort;
    private volatile boolean hasBegun;
    private volatile boolean isOpen;

    public Wiring(
            Settings settings, DatabaseAddress database, Json json, Surroundings surroundings) {
        this.settings = settings;
        MovableClock clock = new MovableClock(surroundings.clock());
        ServerSettings server = settings.get(ServerSettings.class);
        LimitSettings limits = settings.get(LimitSettings.class);
        Ids ids = new Ids(clock);
        Texts texts =
                new Texts(
                        "live",
                        "identity",
                        "social",
                        "passkeys",
                        "recovery",
                        "files",
                        "moderation",
                        "people",
                        "chat",
                        "webhooks",
                        "events",
                        "slots",
                        "calendar",
                        "rights");
        Outbox outbox = new Outbox(json, clock);
        jobs = new Jobs(surroundings.errors(), ids);

        db = new Db(database, FromSettings.requests(settings), outbox);
        writes = new Db(database, FromSettings.writers(settings), outbox);
        relay = new OutboxRelay(db, outbox, clock, ids);
        neighbours = Neighbours.of(bus(settings), database, db, ids);
        shareFacts(neighbours);
        Origins origins = FromSettings.origins(settings);

        audit = new AuditFeature(db, json, ids, clock);
        identity = identity(origins, json, ids, clock);
        social =
                Vendors.social(
                        settings, identity, audit.audit(), db, this::ownAddress, json, ids, clock);
        passkeys = passkeys(server, json, ids, clock);
        hub =
                new LiveHub(
                        caller -> !identity.identity().isOver(caller.session()), System::nanoTime);
        identity.identity().onSessionEnded(hub::closeSession);
        methods =
                new SocketMethods(
                        json,
                        texts,
                        FromSettings.perSecond(limits.frames()),
                        FromSettings.burst(limits.frames()));

        moderation =
                new ModerationFeature(
                        db,
                        neighbours.bus(),
                        identity.identity(),
                        settings.get(SecretSettings.class).vault(),
                        ids,
                        clock);

        people =
                new PeopleFeature(
                        db,
                        neighbours.bus(),
                        neighbours.presence(),
                        hub,
                        identity.identity(),
                        moderation.moderation(),
                        json,
                        ids,
                        clock);
        people.methods(methods);
        people.listeners(outbox);
        identity.administration().shows(people::figures);

        Idempotency idempotency = new Idempotency(db, clock);
        PrometheusMeterRegistry metrics = Meters.of(db, hub, relay);
        Limits bounds = new Limits(FromSettings.rates(settings), clock);
        http =
                new HttpServer(
                        FromSettings.listener(settings),
                        new HttpServer.Needs(
                                routes,
                                json,
                                texts,
                                bounds,
                                identity.tokens(),
                                idempotency,
                                metrics,
                                surroundings.errors(),
                                ids,
                                clock));
        innerPort = isPlayed() && isHttpsAsked() ? http.innerDoor() : () -> -1;
        recovery = recovery(bounds, texts, json, ids, clock);
        EventStreams streams = new EventStreams(hub, ids);
        Gauge.builder("sse.active", streams, EventStreams::count).register(metrics);
        SocketUpgrade upgrade = new SocketUpgrade(http.jetty(), hub, ids);
        SocketDoor door = new SocketDoor(origins, identity.identity()::useTicket, upgrade, streams);
        blobs = blobs(clock);
        files = files(json, clock, ids);
        chat = server.isOn("chat") ? chat(outbox, json, clock, ids) : null;
        webhooks = chat == null ? null : webhooks(chat, bounds, clock, ids);
        events = chat == null ? null : events(chat, json, clock, ids);
        slots = events == null ? null : slots(events, clock, ids);
        calendar = events == null ? null : calendar(events, json, ids, clock);

        rights = rights(idempotency, texts, json, ids, clock);

        routes(metrics, door);
        if (isPlayed()) {
            sandbox =
                    new Sandbox(
                            settings.get(SandboxSettings.class),
                            new Sandbox.Needs(json, bounds, this::ownAddress, clock));
            sandbox.routes(routes);
        } else {
            sandbox = null;
        }
        woongkiePort = chat == null ? () -> -1 : woongkie(chat, upgrade, bounds, json, clock);
        jobs.every(Duration.ofHours(1), "idempotency-sweep", idempotency::forgetOld);
        jobs.daily(LocalTime.of(3, 30), "outbox-partitions", relay::turnPartitions);
        audit.jobs(jobs);
        identity.jobs(jobs);
        social.listeners(outbox);
        social.jobs(jobs);
        passkeys.jobs(jobs);
        recovery.jobs(jobs);
        recovery.listeners(outbox);
        moderation.jobs(jobs);
        people.jobs(jobs);
        rights.jobs(jobs);
        rights.listeners(outbox);
        files.jobs(jobs);
        if (chat != null) {
            chat.listeners(outbox);
            chat.reportables(moderation.moderation());
            chat.jobs(jobs);
            people.people().seenBy(chat.acquaintance());
            identity.administration().shows(chat::figures);
        }
        if (webhooks != null) {
            webhooks.listeners(outbox);
        }
        if (events != null) {
            events.listeners(outbox);
            events.reportables(moderation.moderation());
            events.jobs(jobs);
            identity.administration().shows(events::figures);
        }
        if (slots != null) {
            slots.listeners(outbox);
            slots.jobs(jobs);
        }
        if (calendar != null) {
            calendar.listeners(outbox);
        }
    }

    /// Migrates, then starts every part, the listener last: who is answered meets a whole house.
    public synchronized void start() {
        Migrations.migrate(db.dataSource());
        meetNeighbours();
        hasBegun = true;
        identity.start();
        moderation.start();
        people.start();
        if (chat != null) {
            chat.start();
        }
        if (events != null) {
            events.start();
        }
        if (sandbox != null) {
            sandbox.start();
        }
        recovery.start();
        relay.start();
        jobs.start(db.dataSource());
        hub.start();
        http.start();
        if (calendar != null) {
            calendar.start();
        }
        isOpen = true;
    }

    /// Not ready → what runs may finish → sockets are sent home (1012) → everything is stored →
    /// end. A stop that comes during the start waits for it.
    public synchronized void stop() throws InterruptedException {
        Duration patience = settings.get(ServerSettings.class).shutdownTimeout();
        if (!hasBegun) {
            return;
        }
        isOpen = false;
        if (calendar != null) {
            calendar.stop();
        }
        if (sandbox != null) {
            sandbox.stop();
        }
        hub.stop(patience.dividedBy(3));
        http.stop(patience.dividedBy(2));
        jobs.stop();
        if (chat != null) {
            chat.stop();
        }
        files.stop();
        web.close();
        relay.stop();
        recovery.stop();
        people.stop();
        moderation.close();
        identity.close();
        neighbours.stop();
        writes.close();
        db.close();
        log.info("stopped");
    }

    /// A node that may not be here leaves nothing behind.
    private void meetNeighbours() {
        try {
            neighbours.start();
        } catch (CannotStart refused) {
            writes.close();
            db.close();
            throw refused;
        }
    }

    public int port() {
        return http.port();
    }

    /// Whether the outside world is played by the sandbox, as far as it is not named.
    private boolean isPlayed() {
        return settings.get(SandboxSettings.class).isOn();
    }

    /// Where the sandbox takes mails in; -1 where there is none.
    private int smtpPort() {
        return sandbox == null ? -1 : sandbox.smtpPort();
    }

    /// Where the house reaches itself, for what is played inside it.
    private String ownAddress() {
        HttpSettings web = settings.get(HttpSettings.class);
        boolean isEverywhere = web.host().equals("0.0.0.0") || web.host().equals("::");
        return isHttpsAsked()
                ? "http://127.0.0.1:" + innerPort.getAsInt()
                : "http://" + (isEverywhere ? "127.0.0.1" : web.host()) + ":" + port();
    }

    private boolean isHttpsAsked() {
        HttpSettings web = settings.get(HttpSettings.class);
        return web.speaksTls() || web.isHttpsRequired();
    }

    /// Where the house asks itself in plain HTTP; -1 where its main port is plain.
    public int innerPort() {
        return innerPort.getAsInt();
    }

    /// Where woongkie-talkie's client is at home; -1 where it has no address of its own.
    public int woongkiePort() {
        return woongkiePort.getAsInt();
    }

    /// Where operators ask without a token; -1 where there is no such port.
    public int managementPort() {
        return http.managementPort();
    }

    public Routes routes() {
        return routes;
    }

    public @Nullable Sandbox sandbox() {
        return sandbox;
    }

    public OpenApi document() {
        ServerSettings server = settings.get(ServerSettings.class);
        return new OpenApi(server.appName() + " API", Version.OURS, routes.all());
    }

    public AsyncApi socketDocument() {
        ServerSettings server = settings.get(ServerSettings.class);
        return new AsyncApi(server.appName() + " socket", Version.OURS, methods);
    }

    /// Makes an administrator on a house that need not run; says what happened.
    String createAdmin(String name, Secret password) {
        Migrations.migrate(db.dataSource());
        return switch (identity.identity().createAdmin(name, password)) {
            case CREATED -> "administrator " + name + " is made";
            case EXISTS -> "administrator " + name + " exists already; nothing was changed";
            case NAME_TAKEN ->
                    "the name "
                            + name
                            + " belongs to a user who is no administrator; choose another";
            case UNFIT ->
                    "nothing was made: a name has 3 to 32 letters, digits, . _ - with a letter among"
                            + " them, a password 8 characters or more and at most 72 bytes";
        };
    }

    /// Walks along the audit log of a house that need not run.
    AuditCheck checkAudit(@Nullable String head) {
        Migrations.migrate(db.dataSource());
        return audit().check(head);
    }

    public Audit audit() {
        return audit.audit();
    }

    public IdentityFeature identity() {
        return identity;
    }

    public Moderation moderation() {
        return moderation.moderation();
    }

    public RightsFeature rights() {
        return rights;
    }

    public PeopleFeature people() {
        return people;
    }

    public FilesFeature files() {
        return files;
    }

    public Social social() {
        return social.social();
    }

    public @Nullable ChatFeature chat() {
        return chat;
    }

    public @Nullable EventsFeature events() {
        return events;
    }

    public OutboxRelay relay() {
        return relay;
    }

    public Db db() {
        return db;
    }

    private void routes(PrometheusMeterRegistry metrics, SocketDoor door) {
        system(metrics).routes(routes);
        audit.routes(routes);
        identity.routes(routes);
        social.routes(routes);
        passkeys.routes(routes);
        recovery.routes(routes);
        moderation.routes(routes);
        people.routes(routes);
        rights.routes(routes);
        new Pages(assets).routes(routes);
        if (chat != null) {
            chat.routes(routes, door, methods);
            chat.methods(methods);
        }
        if (webhooks != null) {
            webhooks.routes(routes);
        }
        if (events != null) {
            events.routes(routes, door, methods);
            events.methods(methods);
        }
        if (slots != null) {
            slots.routes(routes);
        }
        if (calendar != null) {
            calendar.routes(routes);
        }
    }

    /// The face of woongkie-talkie; the answer tells the port of its own address, -1 without one.
    private IntSupplier woongkie(
            ChatFeature chatting,
            SocketUpgrade upgrade,
            Limits bounds,
            Json json,
            InstantSource clock) {
        WoongkieFeature woongkie =
                new WoongkieFeature(
                        settings.get(WoongkieSettings.class),
                        new WoongkieFeature.Needs(
                                identity,
                                chatting,
                                files,
                                people.people(),
                                hub,
                                upgrade,
                                bounds,
                                settings.get(ServerSettings.class).metrics(),
                                json,
                                clock));
        woongkie.routes(routes);
        @Nullable IntSupplier port = woongkie.openAddress(http);
        return port == null ? () -> -1 : port;
    }

    private IdentityFeature identity(Origins origins, Json json, Ids ids, InstantSource clock) {
        LimitSettings limits = settings.get(LimitSettings.class);
        return new IdentityFeature(
                settings.get(IdentitySettings.class),
                limits.login(),
                limits.loginAddress(),
                origins,
                audit.audit(),
                db,
                neighbours.bus(),
                json,
                ids,
                clock);
    }

    private RecoveryFeature recovery(
            Limits bounds, Texts texts, Json json, Ids ids, InstantSource clock) {
        RecoverySettings ways = settings.get(RecoverySettings.class);
        return new RecoveryFeature(
                ways,
                new RecoveryFeature.Needs(
                        db,
                        identity.identity(),
                        identity.signInAnswer(),
                        settings.get(SecretSettings.class).vault(),
                        bounds,
                        texts,
                        settings.get(ServerSettings.class).appName(),
                        () -> settings.get(HttpSettings.class).publicAddress(http.port()),
                        Vendors.mailer(settings, this::smtpPort, clock),
                        Vendors.sms(settings, this::ownAddress, json, clock),
                        ids,
                        clock));
    }

    private PasskeysFeature passkeys(
            ServerSettings server, Json json, Ids ids, InstantSource clock) {
        HttpSettings own = settings.get(HttpSettings.class);
        return new PasskeysFeature(
                server.appName(),
                own.publicUrl(),
                own.stage() != Stage.PRODUCTION,
                db,
                identity.identity(),
                audit.audit(),
                identity.signInAnswer(),
                json,
                ids,
                clock);
    }

    private BlobStore blobs(InstantSource clock) {
        Path data = settings.get(ServerSettings.class).data();
        DirectoryBlobStore directory =
                new DirectoryBlobStore(
                        data.resolve("blobs"),
                        settings.get(FilesSettings.class).reserveBytes(),
                        clock);
        jobs.every(Duration.ofHours(1), "blobs-sweep", directory::sweep);
        return directory;
    }

    /// What every feature keeps of people, in the order in which it is erased: first what they
    /// said, in the end who they were.
    private RightsFeature rights(
            Idempotency idempotency, Texts texts, Json json, Ids ids, InstantSource clock) {
        RightsFeature feature =
                new RightsFeature(
                        settings.get(RightsSettings.class),
                        db,
                        identity.identity(),
                        blobs,
                        settings.get(ServerSettings.class).data().resolve("exports"),
                        audit.audit(),
                        texts,
                        json,
                        ids,
                        clock);
        if (chat != null) {
            feature.holds(chat.data());
        }
        if (slots != null) {
            feature.holds(slots.data());
        }
        if (events != null) {
            feature.holds(events.plansData());
            feature.holds(events.data());
        }
        feature.holds(files.data());
        feature.holds(moderation.data());
        feature.holds(people.data());
        if (calendar != null) {
            feature.holds(calendar.data());
        }
        feature.holds(social.data());
        feature.holds(passkeys.data());
        feature.holds(recovery.personalData());
        feature.forgets("idempotency", idempotency::forget);
        feature.holds(identity.data());
        return feature;
    }

    private FilesFeature files(Json json, InstantSource clock, Ids ids) {
        Path data = settings.get(ServerSettings.class).data();
        FilesSettings limits = settings.get(FilesSettings.class);
        Uploads uploads =
                new Uploads(json, data.resolve("uploads"), limits.maxUploadBytes(), clock);
        return new FilesFeature(limits, db, blobs, uploads, clock, ids);
    }

    private ChatFeature chat(Outbox outbox, Json json, InstantSource clock, Ids ids) {
        return new ChatFeature(
                settings.get(ChatSettings.class),
                new ChatFeature.Needs(
                        db,
                        writes,
                        outbox,
                        neighbours.bus(),
                        neighbours.presence(),
                        hub,
                        identity.identity(),
                        moderation.moderation()::between,
                        files.files(),
                        files.uploads(),
                        web,
                        json,
                        clock,
                        ids));
    }

    private WebhooksFeature webhooks(
            ChatFeature rooms, Limits bounds, InstantSource clock, Ids ids) {
        return new WebhooksFeature(
                db,
                rooms,
                identity.identity(),
                bounds,
                settings.get(HttpSettings.class).publicUrl(),
                ids,
                clock);
    }

    private EventsFeature events(ChatFeature rooms, Json json, InstantSource clock, Ids ids) {
        return new EventsFeature(
                new EventsFeature.Needs(
                        db,
                        rooms,
                        identity.identity(),
                        moderation.moderation(),
                        people.friends(),
                        recovery.reminding(),
                        neighbours.bus(),
                        hub,
                        json,
                        () -> settings.get(HttpSettings.class).publicAddress(http.port()),
                        audit.audit(),
                        clock,
                        ids));
    }

    private CalendarFeature calendar(
            EventsFeature appointments, Json json, Ids ids, InstantSource clock) {
        return new CalendarFeature(
                settings.get(CalendarSettings.class),
                new CalendarFeature.Needs(
                        db,
                        appointments.events(),
                        social.social(),
                        identity.identity(),
                        Vendors.calendar(settings, this::ownAddress, json),
                        settings.get(SecretSettings.class).vault(),
                        settings.get(ServerSettings.class).appName(),
                        () -> settings.get(HttpSettings.class).publicAddress(http.port()),
                        () -> Vendors.reachableAddress(settings, this::ownAddress),
                        ids,
                        clock));
    }

    private SlotsFeature slots(EventsFeature meetings, InstantSource clock, Ids ids) {
        return new SlotsFeature(
                db, meetings.events(), identity.identity(), moderation.moderation(), clock, ids);
    }

    private SystemApi system(PrometheusMeterRegistry metrics) {
        ServerSettings server = settings.get(ServerSettings.class);
        SystemApi system =
                new SystemApi(() -> isOpen, this::document)
                        .watches("database", db::isAlive)
                        .shows("version", () -> Version.OURS)
                        .shows("uptime_seconds", Wiring::uptimeSeconds)
                        .shows("database_connections", db::load)
                        .shows("sockets", hub::count)
                        .shows("bus", neighbours::busName)
                        .shows("nodes", neighbours::live)
                        .shows("outbox_age_seconds", relay::ageSeconds)
                        .tells(
                                "/docs/sockets",
                                "text/html; charset=utf-8",
                                "The socket's methods and pushes, to read",
                                () -> new SocketPage(methods).html())
                        .tells(
                                "/docs/asyncapi.yaml",
                                "application/yaml",
                                "The same as AsyncAPI",
                                () -> socketDocument().yaml());
        if (server.metrics()) {
            system.measures(metrics::scrape);
        }
        if (server.profiling()) {
            system.records(server.data().resolve("recordings"));
        }
        return system;
    }

    private static long uptimeSeconds() {
        return ManagementFactory.getRuntimeMXBean().getUptime() / 1_000;
    }

    /// Whoever carries the facts of an aggregate hears at once that there is one, wherever it was
    /// published.
    private void shareFacts(Neighbours with) {
        relay.shares(with::live, () -> with.bus().publish(FACTS, new byte[0]));
        with.bus().subscribe(FACTS, _ -> relay.wake());
    }

    private static BusKind bus(Settings settings) {
        return settings.get(NodeSettings.class).bus(settings.get(DatabaseSettings.class));
    }
}
