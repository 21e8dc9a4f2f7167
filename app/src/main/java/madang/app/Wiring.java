package madang.app;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import madang.audit.Audit;
import madang.audit.AuditCheck;
import madang.audit.AuditFeature;
import madang.calendar.CalendarFeature;
import madang.chat.ChatFeature;
import madang.dialect.woongkie.WoongkieFeature;
import madang.dialect.woongkie.WoongkieSettings;
import madang.embedded.DirectoryBlobStore;
import madang.events.EventsFeature;
import madang.files.FilesFeature;
import madang.files.FilesSettings;
import madang.identity.IdentityFeature;
import madang.kit.ErrorReporter;
import madang.kit.Secret;
import madang.kit.Texts;
import madang.kit.db.DatabaseAddress;
import madang.kit.db.Db;
import madang.kit.db.OutboxRelay;
import madang.kit.feature.Feature;
import madang.kit.http.HttpServer;
import madang.kit.http.Idempotency;
import madang.kit.http.OpenApi;
import madang.kit.http.PublicWeb;
import madang.kit.http.Routes;
import madang.kit.http.SystemApi;
import madang.kit.json.Json;
import madang.kit.settings.HttpSettings;
import madang.kit.settings.LimitSettings;
import madang.kit.settings.Rate;
import madang.kit.settings.ServerSettings;
import madang.kit.settings.Settings;
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
import madang.rights.RightsFeature;
import madang.sandbox.Sandbox;
import madang.sandbox.SandboxSettings;
import madang.slots.SlotsFeature;
import madang.social.Social;
import madang.social.SocialFeature;
import madang.web.Assets;
import madang.web.Pages;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every part of the house, built by its constructor from what it needs, in the order in which they
/// know each other. Nothing runs before `start`.
public final class Wiring {
    private static final Logger log = LoggerFactory.getLogger(Wiring.class);

    /// The real time, as fine as PostgreSQL keeps it: what is answered is what will be read.
    static final InstantSource MICROSECONDS =
            Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));

    /// What differs between a run and a test: the time, where faults are told, and what lies
    /// outside.
    public record Surroundings(InstantSource clock, ErrorReporter errors, PublicWeb web) {
        public Surroundings(InstantSource clock, ErrorReporter errors) {
            this(clock, errors, new PublicWeb(PublicWeb.Resolver.OF_SYSTEM, "Madang-Preview"));
        }
    }

    private final Ground ground;
    private final List<Feature> features = new ArrayList<>();
    private final LiveHub hub;
    private final SocketMethods methods;
    private final AuditFeature audit;
    private final IdentityFeature identity;
    private final SocialFeature social;
    private final ModerationFeature moderation;
    private final PeopleFeature people;
    private final PublicWeb web;
    private final FilesFeature files;
    private final RightsFeature rights;
    private final @Nullable ChatFeature chat;
    private final @Nullable EventsFeature events;
    private final Routes routes = new Routes();
    private final HttpServer http;
    private final @Nullable Sandbox sandbox;
    private final IntSupplier woongkiePort;
    private final IntSupplier innerPort;
    private volatile boolean hasBegun;
    private volatile boolean isOpen;

    public Wiring(
            Settings settings, DatabaseAddress database, Json json, Surroundings surroundings) {
        web = surroundings.web();
        ground =
                Ground.of(
                        settings,
                        database,
                        json,
                        surroundings.clock(),
                        surroundings.errors(),
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
                                "rights"));
        Vendors vendors = new Vendors(ground, this::ownAddress, this::smtpPort);
        Features built = new Features(ground, vendors, this::publicAddress);
        Idempotency idempotency = new Idempotency(ground.db(), ground.clock());
        Origins origins = FromSettings.origins(settings);

        audit = with(built.audit());
        identity = with(built.identity(origins, audit));
        hub =
                new LiveHub(
                        caller -> !identity.identity().isOver(caller.session()), System::nanoTime);
        identity.identity().onSessionEnded(hub::closeSession);
        PrometheusMeterRegistry metrics = Meters.of(ground.db(), hub, ground.relay());
        http = http(idempotency, metrics);
        innerPort = isPlayed() && isHttpsAsked() ? http.innerDoor() : () -> -1;
        sandbox = isPlayed() ? played() : null;
        methods = socketMethods();
        EventStreams streams = new EventStreams(hub, ground.ids());
        Gauge.builder("sse.active", streams, EventStreams::count).register(metrics);
        SocketUpgrade upgrade = new SocketUpgrade(http.jetty(), hub, ground.ids());
        SocketDoor door = new SocketDoor(origins, identity.identity()::useTicket, upgrade, streams);

        social = with(built.social(identity, audit));
        PasskeysFeature passkeys = with(built.passkeys(identity, audit));
        RecoveryFeature recovery = with(built.recovery(identity));
        moderation = with(built.moderation(identity));
        people = with(built.people(hub, methods, identity, moderation));
        BlobStore blobs = blobs();
        files = with(built.files(blobs));
        rights = with(built.rights(identity, blobs, audit));
        if (ground.server().isOn("chat")) {
            chat = with(built.chat(hub, door, methods, identity, moderation, files, web));
            with(built.webhooks(chat, identity));
            events =
                    with(
                            built.events(
                                    hub,
                                    chat,
                                    door,
                                    methods,
                                    identity,
                                    moderation,
                                    people,
                                    recovery,
                                    audit));
            SlotsFeature slots = with(built.slots(events, identity, moderation));
            CalendarFeature calendar = with(built.calendar(events, social, identity));
            introduce(chat, events);
            List.of(chat.data(), slots.data(), events.plansData(), events.data(), calendar.data())
                    .forEach(rights::holds);
            woongkiePort = woongkie(chat, upgrade);
        } else {
            chat = null;
            events = null;
            woongkiePort = () -> -1;
        }
        identity.administration().shows(people::figures);
        // What people said is erased first, who they were in the end.
        List.of(files.data(), moderation.data(), people.data(), social.data(), passkeys.data())
                .forEach(rights::holds);
        rights.holds(recovery.data());
        rights.forgets("idempotency", idempotency::forget);
        rights.holds(identity.data());

        hangUp(metrics);
        ground.jobs().every(Duration.ofHours(1), "idempotency-sweep", idempotency::forgetOld);
        ground.jobs()
                .daily(LocalTime.of(3, 30), "outbox-partitions", ground.relay()::turnPartitions);
    }

    private <F extends Feature> F with(F feature) {
        features.add(feature);
        return feature;
    }

    /// Chat and what lives by it, to those who were there before.
    private void introduce(ChatFeature talk, EventsFeature dates) {
        talk.reportables(moderation.moderation());
        dates.reportables(moderation.moderation());
        people.people().seenBy(talk.acquaintance());
        identity.administration().shows(talk::figures);
        identity.administration().shows(dates::figures);
    }

    private void hangUp(PrometheusMeterRegistry metrics) {
        system(metrics).routes(routes);
        new Pages(CompletableFuture.supplyAsync(Assets::load)).routes(routes);
        if (sandbox != null) {
            sandbox.routes(routes);
        }
        for (Feature feature : features) {
            feature.routes(routes);
            feature.listeners(ground.outbox());
            feature.jobs(ground.jobs());
        }
    }

    /// Migrates, then starts every part, the listener last: who is answered meets a whole house.
    public synchronized void start() {
        ground.migrate();
        ground.meetNeighbours();
        hasBegun = true;
        if (sandbox != null) {
            sandbox.start();
        }
        features.forEach(Feature::start);
        ground.relay().start();
        ground.jobs().start(ground.db().dataSource());
        hub.start();
        http.start();
        features.forEach(Feature::opened);
        isOpen = true;
    }

    /// Not ready → what runs may finish → sockets are sent home (1012) → everything is stored →
    /// end. A stop that comes during the start waits for it.
    public synchronized void stop() throws InterruptedException {
        if (!hasBegun) {
            return;
        }
        isOpen = false;
        Duration patience = ground.server().shutdownTimeout();
        for (Feature feature : features.reversed()) {
            feature.closing();
        }
        if (sandbox != null) {
            sandbox.stop();
        }
        hub.stop(patience.dividedBy(3));
        http.stop(patience.dividedBy(2));
        ground.jobs().stop();
        ground.relay().stop();
        for (Feature feature : features.reversed()) {
            feature.stop();
        }
        web.close();
        ground.stop();
        log.info("stopped");
    }

    public int port() {
        return http.port();
    }

    /// Whether the outside world is played by the sandbox, as far as it is not named.
    private boolean isPlayed() {
        return ground.settings(SandboxSettings.class).isOn();
    }

    /// Where the sandbox takes mails in; -1 where there is none.
    private int smtpPort() {
        return sandbox == null ? -1 : sandbox.smtpPort();
    }

    /// Where the house reaches itself, for what is played inside it.
    private String ownAddress() {
        HttpSettings web = ground.settings(HttpSettings.class);
        boolean isEverywhere = web.host().equals("0.0.0.0") || web.host().equals("::");
        return isHttpsAsked()
                ? "http://127.0.0.1:" + innerPort.getAsInt()
                : "http://" + (isEverywhere ? "127.0.0.1" : web.host()) + ":" + port();
    }

    private boolean isHttpsAsked() {
        HttpSettings web = ground.settings(HttpSettings.class);
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
        return new OpenApi(ground.server().appName() + " API", Version.OURS, routes.all());
    }

    public LiveHub hub() {
        return hub;
    }

    /// The table of the native socket.
    public SocketMethods methods() {
        return methods;
    }

    public AsyncApi socketDocument() {
        return new AsyncApi(ground.server().appName() + " socket", Version.OURS, methods);
    }

    /// Makes an administrator on a house that need not run; says what happened.
    String createAdmin(String name, Secret password) {
        ground.migrate();
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
        ground.migrate();
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
        return ground.relay();
    }

    public Db db() {
        return ground.db();
    }

    private HttpServer http(Idempotency idempotency, PrometheusMeterRegistry metrics) {
        return new HttpServer(
                FromSettings.listener(ground.settings()),
                new HttpServer.Needs(
                        routes,
                        ground.json(),
                        ground.texts(),
                        ground.bounds(),
                        identity.tokens(),
                        idempotency,
                        metrics,
                        ground.errors(),
                        ground.ids(),
                        ground.clock()));
    }

    private SocketMethods socketMethods() {
        Rate frames = ground.settings(LimitSettings.class).frames();
        return new SocketMethods(
                ground.json(),
                ground.texts(),
                FromSettings.perSecond(frames),
                FromSettings.burst(frames));
    }

    /// The face of woongkie-talkie; the answer tells the port of its own address, -1 without one.
    private IntSupplier woongkie(ChatFeature chatting, SocketUpgrade upgrade) {
        WoongkieFeature woongkie =
                new WoongkieFeature(
                        ground.settings(WoongkieSettings.class),
                        new WoongkieFeature.Needs(
                                identity,
                                chatting,
                                files,
                                people.people(),
                                hub,
                                upgrade,
                                ground.bounds(),
                                ground.server().metrics(),
                                ground.json(),
                                ground.clock()));
        woongkie.routes(routes);
        @Nullable IntSupplier port = woongkie.openAddress(http);
        return port == null ? () -> -1 : port;
    }

    private Sandbox played() {
        return new Sandbox(
                ground.settings(SandboxSettings.class),
                new Sandbox.Needs(
                        ground.json(), ground.bounds(), this::ownAddress, ground.clock()));
    }

    private BlobStore blobs() {
        DirectoryBlobStore directory =
                new DirectoryBlobStore(
                        ground.server().data().resolve("blobs"),
                        ground.settings(FilesSettings.class).reserveBytes(),
                        ground.clock());
        ground.jobs().every(Duration.ofHours(1), "blobs-sweep", directory::sweep);
        return directory;
    }

    private String publicAddress() {
        return ground.settings(HttpSettings.class).publicAddress(http.port());
    }

    private SystemApi system(PrometheusMeterRegistry metrics) {
        ServerSettings server = ground.server();
        SystemApi system =
                new SystemApi(() -> isOpen, this::document)
                        .watches("database", ground.db()::isAlive)
                        .shows("version", () -> Version.OURS)
                        .shows("uptime_seconds", Wiring::uptimeSeconds)
                        .shows("database_connections", ground.db()::load)
                        .shows("sockets", hub::count)
                        .shows("bus", ground.neighbours()::busName)
                        .shows("nodes", ground.neighbours()::live)
                        .shows("outbox_age_seconds", ground.relay()::ageSeconds)
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
}
