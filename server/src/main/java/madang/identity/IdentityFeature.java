package madang.identity;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import madang.audit.Audit;
import madang.kit.Ids;
import madang.kit.Secret;
import madang.kit.db.Db;
import madang.kit.feature.Feature;
import madang.kit.http.Routes;
import madang.kit.http.TokenReader;
import madang.kit.jobs.Jobs;
import madang.kit.json.Json;
import madang.kit.settings.Rate;
import madang.live.Origins;
import madang.port.Bus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Builds identity's parts and hangs them where they belong.
public final class IdentityFeature implements Feature {
    private static final Logger log = LoggerFactory.getLogger(IdentityFeature.class);
    private static final String NAME = "madang";
    private static final Duration SWEEP = Duration.ofMinutes(1);

    /// Beyond the life of a native access token: a dialect's may live a day.
    private static final Duration ENDED_REMEMBERED = Duration.ofDays(2);

    private final IdentitySettings settings;
    private final Db db;
    private final AccountStore accounts;
    private final Json json;
    private final Ids ids;
    private final InstantSource clock;
    private final Passwords passwords;
    private final EndedSessions ended;
    private final Changes changes;
    private final Sessions sessions;
    private final Identity identity;
    private final SignInAnswer answer;
    private final IdentityApi api;
    private final SessionApi sessionApi;
    private final BotApi botApi;
    private final Administration administration;
    private final PersonalData data;

    public IdentityFeature(
            IdentitySettings settings,
            Rate failuresPerAccount,
            Rate failuresPerAddress,
            Origins origins,
            Audit audit,
            Db db,
            Bus bus,
            Json json,
            Ids ids,
            InstantSource clock) {
        this.settings = settings;
        this.db = db;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
        accounts = new AccountStore();
        SessionStore store = new SessionStore();
        AccessTokens accessTokens =
                new AccessTokens(
                        settings.jwtSecrets(),
                        new TokenStamp(NAME, NAME, settings.accessTokenTtl()),
                        json,
                        ids,
                        clock);
        Duration remembered = settings.accessTokenTtl().plus(ENDED_REMEMBERED);
        People people = new People(db, accounts);
        BotStore botStore = new BotStore();
        BotTokens botTokens = new BotTokens(db, botStore, settings.jwtSecrets(), clock);
        passwords = new Passwords(settings.bcryptCost(), Passwords.threadCount());
        ended = new EndedSessions(db, store, bus, clock, remembered);
        changes = new Changes(bus, people, accessTokens);
        sessions =
                new Sessions(
                        db,
                        store,
                        accounts,
                        accessTokens,
                        botTokens,
                        new RefreshTokens(settings.jwtSecrets()),
                        ended,
                        new Sessions.Life(
                                settings.refreshTokenTtl(),
                                settings.refreshTokenMaxAge(),
                                remembered),
                        ids,
                        clock);
        DeviceTokens devices = new DeviceTokens(settings.jwtSecrets());
        Bots bots = new Bots(db, botStore, accounts, sessions, botTokens, ids, clock);
        DepartureStore departures = new DepartureStore();
        identity =
                new Identity(
                        db,
                        accounts,
                        sessions,
                        ended,
                        passwords,
                        new Guesses(failuresPerAccount, failuresPerAddress, clock),
                        devices,
                        new Names(new NameStore()),
                        new Entrance(accounts, sessions, devices, clock),
                        departures,
                        people,
                        changes,
                        bots,
                        ids,
                        clock);
        answer = new SignInAnswer(identity);
        api = new IdentityApi(identity, answer, origins);
        sessionApi = new SessionApi(identity);
        botApi = new BotApi(bots);
        administration = new Administration(db, accounts, new AdminStore(), sessions, audit, clock);
        data = new IdentityData(db, accounts, departures, botStore, identity, clock);
    }

    public Identity identity() {
        return identity;
    }

    /// For every feature that is a way in.
    public SignInAnswer signInAnswer() {
        return answer;
    }

    /// For who gives people their data or erases it.
    public PersonalData data() {
        return data;
    }

    public Administration administration() {
        return administration;
    }

    public TokenReader tokens() {
        return sessions;
    }

    /// Tokens of another audience, signed with these keys, or with those of the house where there
    /// are none.
    public DialectTokens tokens(TokenStamp stamp, List<Secret> keys) {
        return new SessionTokens(
                db,
                accounts,
                new AccessTokens(
                        keys.isEmpty() ? settings.jwtSecrets() : keys, stamp, json, ids, clock),
                sessions,
                ended,
                clock);
    }

    @Override
    public void routes(Routes routes) {
        api.routes(routes);
        sessionApi.routes(routes);
        botApi.routes(routes);
        new AdminApi(administration, clock).routes(routes);
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.every(SWEEP, "identity-sweep", this::sweep);
    }

    /// After the migrations and before the first request.
    @Override
    public void start() {
        changes.start();
        ended.start();
        if (settings.adminUsername() != null && settings.adminPassword() != null) {
            tell(
                    settings.adminUsername(),
                    identity.createAdmin(settings.adminUsername(), settings.adminPassword()));
        }
    }

    void sweep() {
        sessions.sweep();
    }

    /// How many passwords were hashed: what signing in costs this machine.
    long passwordRuns() {
        return passwords.runs();
    }

    @Override
    public void stop() {
        ended.close();
        changes.close();
        passwords.close();
    }

    private static void tell(String username, Identity.FirstAdmin outcome) {
        switch (outcome) {
            case CREATED -> log.info("made the first administrator {}", username);
            case EXISTS ->
                    log.info(
                            "administrator {} exists; MADANG_ADMIN_PASSWORD changed nothing",
                            username);
            case NAME_TAKEN ->
                    log.warn(
                            "MADANG_ADMIN_USERNAME: {} belongs to a user who is no administrator;"
                                    + " choose another name",
                            username);
            case UNFIT -> throw new IllegalStateException("IdentitySettings let it pass");
        }
    }
}
