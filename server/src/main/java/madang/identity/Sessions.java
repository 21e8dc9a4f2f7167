package madang.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import madang.identity.RefreshTokens.RefreshToken;
import madang.kit.Caller;
import madang.kit.CrashPoint;
import madang.kit.Cursor;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Ids;
import madang.kit.Page;
import madang.kit.Role;
import madang.kit.Session;
import madang.kit.User;
import madang.kit.db.Db;
import madang.kit.db.Tx;
import madang.kit.http.TokenReader;
import org.jspecify.annotations.Nullable;

/// Opens sessions, keeps them alive by rotating their refresh token, ends them, and says of an
/// access token or a socket ticket whose session it is.
final class Sessions implements TokenReader {
    /// How long an answer that got lost can be asked for again.
    static final Duration GRACE = Duration.ofSeconds(10);

    static final Duration TICKET_LIFE = Duration.ofSeconds(30);
    private static final int TICKET_BYTES = 32;
    private static final Instant NEVER = Instant.parse("9999-12-31T23:59:59Z");

    /// How long a session lives unused, how long at most, and how long it is remembered when it is
    /// over: longer than any of its access tokens may live.
    record Life(Duration idle, Duration absolute, Duration remembered) {}

    private final Db db;
    private final SessionStore store;
    private final AccountStore accounts;
    private final AccessTokens accessTokens;
    private final BotTokens botTokens;
    private final RefreshTokens refreshTokens;
    private final EndedSessions ended;
    private final Life life;
    private final Ids ids;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    Sessions(
            Db db,
            SessionStore store,
            AccountStore accounts,
            AccessTokens accessTokens,
            BotTokens botTokens,
            RefreshTokens refreshTokens,
            EndedSessions ended,
            Life life,
            Ids ids,
            InstantSource clock) {
        this.db = db;
        this.store = store;
        this.accounts = accounts;
        this.accessTokens = accessTokens;
        this.botTokens = botTokens;
        this.refreshTokens = refreshTokens;
        this.ended = ended;
        this.life = life;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Caller.Member read(String token) {
        Caller.Member caller =
                BotTokens.isOne(token) ? botTokens.read(token) : accessTokens.read(token);
        if (ended.contains(caller.session())) {
            throw invalidToken();
        }
        return caller;
    }

    @Override
    public boolean isAdmin(Caller.Member caller) {
        return db.read(tx -> accounts.role(tx, caller.user())).filter(Role::isAdmin).isPresent();
    }

    SignedIn open(Tx tx, Account account, SignInMethod method, Visitor visitor) {
        Instant now = clock.instant();
        RefreshToken token = refreshTokens.first(ids.next());
        // A guest who is sent out could not come back.
        Instant absoluteUntil = method == SignInMethod.GUEST ? NEVER : now.plus(life.absolute);
        Instant idleUntil = earlier(now.plus(life.idle), absoluteUntil);
        SessionStore.SignIn signIn = SessionStore.SignIn.of(method, visitor);
        store.add(tx, token, account.id(), signIn, now, idleUntil, absoluteUntil);
        return signedIn(account, token, Duration.between(now, idleUntil));
    }

    /// A session that lives until it is ended: it has a refresh token, but nobody gets it.
    void openEndless(Tx tx, Id<Session> session, Id<User> user) {
        store.add(tx, refreshTokens.first(session), user, null, clock.instant(), NEVER, NEVER);
    }

    /// Lets a session live on: its refresh token is spent and the answer brings the next one.
    SignedIn renew(String text) {
        @Nullable RefreshToken came = refreshTokens.read(text);
        if (came == null) {
            throw invalidToken();
        }
        Renewal renewal = db.tx(tx -> renew(tx, came));
        CrashPoint.AFTER_RENEWAL.pass();
        return switch (renewal) {
            case Renewal.Renewed(SignedIn signedIn) -> signedIn;
            case Renewal.Expired _ -> throw Failure.unauthenticated("AUTH_TOKEN_EXPIRED");
            case Renewal.Refused _ -> throw invalidToken();
        };
    }

    private sealed interface Renewal {
        record Renewed(SignedIn signedIn) implements Renewal {}

        record Expired() implements Renewal {}

        record Refused() implements Renewal {}
    }

    private Renewal renew(Tx tx, RefreshToken came) {
        Instant now = clock.instant();
        List<RefreshToken> successors = refreshTokens.successors(came);
        RefreshToken successor = successors.getFirst();
        Optional<SessionStore.Row> rotated =
                store.rotate(tx, came, successor, now, now.plus(life.idle));
        return rotated.isPresent()
                ? renewed(tx, rotated.get(), successor, now)
                : again(tx, came, successors, now);
    }

    /// The token is not the living one: the answer to its rotation got lost, or somebody has a
    /// copy. Then neither of the two can be told from the thief, and the session ends for both.
    private Renewal again(Tx tx, RefreshToken came, List<RefreshToken> successors, Instant now) {
        SessionStore.@Nullable Row row = store.lock(tx, came.session()).orElse(null);
        if (row == null || row.endedAt() != null) {
            return new Renewal.Refused();
        }
        if (!row.idleUntil().isAfter(now)) {
            return new Renewal.Expired();
        }
        Optional<RefreshToken> living =
                now.isAfter(row.rotatedAt().plus(GRACE))
                        ? Optional.empty()
                        : successors.stream().filter(next -> isLiving(next, row)).findFirst();
        if (living.isPresent()) {
            return renewed(tx, row, living.get(), now);
        }
        end(tx, came.session());
        return new Renewal.Refused();
    }

    private static boolean isLiving(RefreshToken token, SessionStore.Row row) {
        return token.generation() == row.generation()
                && MessageDigest.isEqual(token.hash(), row.tokenHash());
    }

    private Renewal renewed(Tx tx, SessionStore.Row row, RefreshToken token, Instant now) {
        Account account = accounts.byId(tx, row.user()).orElseThrow();
        return new Renewal.Renewed(
                signedIn(account, token, Duration.between(now, row.idleUntil())));
    }

    /// Lets a session live on that is used without its refresh token.
    void prolong(Id<Session> session) {
        Instant now = clock.instant();
        if (!db.tx(tx -> store.prolong(tx, session, now, now.plus(life.idle)))) {
            throw invalidToken();
        }
    }

    void end(Tx tx, Id<Session> session) {
        if (store.end(tx, session, clock.instant())) {
            tx.afterCommit(() -> ended.tell(List.of(session)));
        }
    }

    /// False where the user has no such session, or no more.
    boolean end(Tx tx, Id<User> user, Id<Session> session) {
        boolean isHis = store.end(tx, user, session, clock.instant());
        if (isHis) {
            tx.afterCommit(() -> ended.tell(List.of(session)));
        }
        return isHis;
    }

    /// The living sessions of the caller, the newest first.
    Page<SessionView> page(Caller.Member caller, @Nullable Cursor cursor, int limit) {
        @Nullable Id<Session> before = cursor == null ? null : cursor.id(0);
        List<SessionView> found =
                db.read(tx ->
                        store.page(
                                tx,
                                caller.user(),
                                caller.session(),
                                before,
                                clock.instant(),
                                limit + 1));
        return Page.of(found, limit, session -> Cursor.encode(session.id()));
    }

    /// Ends all sessions of a user, but for the one to keep.
    void endAll(Tx tx, Id<User> user, @Nullable Id<Session> kept) {
        List<Id<Session>> over = store.endAll(tx, user, kept, clock.instant());
        tx.afterCommit(() -> ended.tell(over));
    }

    /// Ends all sessions of a user and of the bots that are his.
    void shutOut(Tx tx, Id<User> user) {
        List<Id<Session>> over = store.endAllWithBots(tx, user, clock.instant());
        tx.afterCommit(() -> ended.tell(over));
    }

    /// The same of a user who is erased; what the sessions tell of him is forgotten.
    void forgetAll(Tx tx, Id<User> user) {
        shutOut(tx, user);
        store.forgetOf(tx, user, clock.instant().minus(life.remembered));
    }

    /// When the caller proved last who he is.
    Instant openedAt(Caller.Member caller) {
        return db.read(tx -> store.openedAt(tx, caller.session()))
                .orElseThrow(Sessions::invalidToken);
    }

    /// A ticket for one socket of this session, good for 30 seconds and one use.
    String ticket(Caller.Member caller) {
        byte[] ticket = new byte[TICKET_BYTES];
        random.nextBytes(ticket);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(ticket);
        Instant expiresAt = clock.instant().plus(TICKET_LIFE);
        db.run(tx -> store.addTicket(tx, hash(text), caller.session(), expiresAt));
        return text;
    }

    Caller.Member useTicket(String ticket) {
        return db.tx(tx -> store.takeTicket(tx, hash(ticket), clock.instant()))
                .orElseThrow(Sessions::invalidToken);
    }

    /// Ends what nobody used for too long and forgets what nobody asks for any more.
    void sweep() {
        Instant now = clock.instant();
        db.run(tx -> {
            List<Id<Session>> idle = store.endIdle(tx, now);
            tx.afterCommit(() -> ended.tell(idle));
            store.forgetTicketsBefore(tx, now);
            store.forgetEndedBefore(tx, now.minus(life.remembered));
        });
    }

    private SignedIn signedIn(Account account, RefreshToken token, Duration refreshTokenLife) {
        Caller.Member caller = account.on(token.session());
        return new SignedIn(
                caller,
                account.me(),
                accessTokens.issue(caller),
                accessTokens.life(),
                refreshTokens.write(token),
                refreshTokenLife);
    }

    private static byte[] hash(String ticket) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(ticket.getBytes(US_ASCII));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Failure invalidToken() {
        return Failure.unauthenticated("AUTH_TOKEN_INVALID");
    }
}
