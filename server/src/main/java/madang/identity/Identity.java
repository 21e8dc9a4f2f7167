package madang.identity;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Ids;
import madang.kit.Language;
import madang.kit.Role;
import madang.kit.Secret;
import madang.kit.Session;
import madang.kit.Text;
import madang.kit.User;
import madang.kit.db.Db;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// Who is who: everything that others may ask about users and do with accounts and sessions.
public final class Identity {
    private static final String NAMELESS = "마당";
    private static final int NAMELESS_LETTERS = 4;

    private final Db db;
    private final AccountStore accounts;
    private final Sessions sessions;
    private final EndedSessions ended;
    private final Passwords passwords;
    private final Guesses guesses;
    private final DeviceTokens devices;
    private final People people;
    private final Changes changes;
    private final Bots bots;
    private final Ids ids;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final List<WayIn> waysIn = new CopyOnWriteArrayList<>();

    /// What became of the wish for a first administrator.
    public enum FirstAdmin {
        CREATED,
        /// There is one by this name; nothing was changed, its password neither.
        EXISTS,
        /// Somebody without that right has the name; nothing was changed.
        NAME_TAKEN,
        /// The name or the password has not the form that sign-up asks for.
        UNFIT
    }

    Identity(
            Db db,
            AccountStore accounts,
            Sessions sessions,
            EndedSessions ended,
            Passwords passwords,
            Guesses guesses,
            DeviceTokens devices,
            People people,
            Changes changes,
            Bots bots,
            Ids ids,
            InstantSource clock) {
        this.db = db;
        this.accounts = accounts;
        this.sessions = sessions;
        this.ended = ended;
        this.passwords = passwords;
        this.guesses = guesses;
        this.devices = devices;
        this.people = people;
        this.changes = changes;
        this.bots = bots;
        this.ids = ids;
        this.clock = clock;
    }

    /// Makes an account and signs its owner in. A name that somebody has is `USER_ALREADY_EXISTS`.
    public SignedIn register(Caller caller, Register command) {
        AccountStore.Names names =
                new AccountStore.Names(
                        parsed(command.username(), LoginName::username),
                        parsed(command.email(), LoginName::email),
                        parsed(command.phone(), LoginName::phone));
        Account account =
                newAccount(
                        names,
                        command.nickname(),
                        passwords.hash(command.password()),
                        Role.USER,
                        caller.language());
        return db.tx(tx -> {
            accounts.add(tx, account, names);
            return sessions.open(tx, account);
        });
    }

    /// Lets somebody in who knows the password. An unknown name is refused as a wrong password is:
    /// in the same words, after the same time, as often.
    public SignedIn signIn(Visitor visitor, LogIn command) {
        @Nullable LoginName name = command.name();
        @Nullable Account account =
                name == null ? null : db.read(tx -> accounts.byName(tx, name)).orElse(null);
        @Nullable String hash = account == null ? null : account.passwordHash();
        boolean isRight =
                guesses.tried(
                        target(visitor, account, name == null ? command.typed() : name.key()),
                        () -> passwords.matches(command.password(), hash));
        if (!isRight || account == null || hash == null) {
            throw Failure.unauthenticated("AUTH_INVALID_CREDENTIALS");
        }
        if (account.isSuspended()) {
            throw suspended();
        }
        return enter(account, passwords.isStale(hash) ? passwords.hash(command.password()) : hash);
    }

    /// Lets a session live on: its refresh token is spent and the answer brings the next one. A
    /// token that was spent before ends its session, unless only the answer got lost.
    public SignedIn renew(String refreshToken) {
        return sessions.renew(refreshToken);
    }

    /// Ends the caller's session, or all of his.
    public void signOut(Caller.Member caller, boolean isEverywhere) {
        db.run(tx -> {
            if (isEverywhere) {
                sessions.endAll(tx, caller.user(), null);
            } else {
                sessions.end(tx, caller.session());
            }
        });
    }

    /// The token by which this device is known again when it signs in to this account: the one that
    /// it brought, if that is good.
    public String deviceToken(Visitor visitor, Id<User> user) {
        return devices.keepOrMake(visitor.deviceToken(), user);
    }

    public Me me(Caller caller) {
        return db.read(tx -> accounts.byId(tx, caller.user())).orElseThrow(Identity::unknown).me();
    }

    public Me change(Caller caller, ChangeProfile command) {
        return db.tx(tx -> {
            Account before = accounts.lock(tx, caller.user()).orElseThrow(Identity::unknown);
            Account after = before.changed(command);
            accounts.saveProfile(tx, after);
            tx.afterCommit(() -> changes.tell(after.id(), after.language()));
            return after.me();
        });
    }

    /// Changes the password and ends every other session, because whoever knew the old one may sit
    /// in one of them.
    public void changePassword(Caller.Member caller, ChangePassword command) {
        Account account =
                db.read(tx -> accounts.byId(tx, caller.user())).orElseThrow(Identity::unknown);
        boolean isRight =
                guesses.tried(
                        new Guesses.Target.Inside(caller.session()),
                        () -> passwords.matches(command.currentPassword(), account.passwordHash()));
        String newHash = isRight ? passwords.hash(command.newPassword()) : "";
        boolean isChanged = isRight && db.tx(tx -> changePassword(tx, caller, account, newHash));
        if (!isChanged) {
            throw Failure.of(Failure.Kind.FORBIDDEN, "AUTH_INVALID_CREDENTIALS")
                    .with(Map.of("current_password", Text.of("invalid.wrong_password")));
        }
    }

    /// A ticket that opens one socket, once, within 30 seconds, if the session still lives then.
    public String socketTicket(Caller.Member caller) {
        return sessions.ticket(caller);
    }

    public Caller.Member useTicket(String ticket) {
        return sessions.useTicket(ticket);
    }

    /// Shuts somebody out until he is let in again; his sessions end on every node within a second.
    /// Nobody shuts himself out.
    public void suspend(Caller admin, Id<User> user) {
        if (admin instanceof Caller.Member member && member.user().equals(user)) {
            throw Failure.forbidden();
        }
        db.run(tx -> {
            if (!accounts.suspend(tx, user, clock.instant())) {
                throw unknown();
            }
            sessions.endAll(tx, user, null);
        });
    }

    public void reinstate(Id<User> user) {
        if (!db.tx(tx -> accounts.suspend(tx, user, null))) {
            throw unknown();
        }
    }

    /// An account as administrators see it.
    public record Listed(Me account, boolean isSuspended) {}

    /// All accounts in the order of their making, some of them skipped.
    public List<Listed> accounts(long skipped, int limit) {
        return db.read(tx -> accounts.all(tx, skipped, limit)).stream()
                .map(account -> new Listed(account.me(), account.isSuspended()))
                .toList();
    }

    public long countAccounts() {
        return db.read(accounts::count);
    }

    /// Users as others see them; ids that nobody has are left out. Made for bulk: ask once for all.
    public Map<Id<User>, UserView> people(Collection<Id<User>> wanted) {
        return people.of(wanted);
    }

    public boolean exists(Id<User> id) {
        return people.of(List.of(id)).containsKey(id);
    }

    /// The user with exactly this username, whatever its case.
    public Optional<UserView> byUsername(String username) {
        @Nullable LoginName name = LoginName.username(username);
        return name == null
                ? Optional.empty()
                : db.read(tx -> accounts.byName(tx, name)).map(Account::view);
    }

    /// Makes somebody through whom a feature speaks: a bot that nobody owns, without a token.
    public Id<User> voice(String nickname) {
        return bots.voice(nickname);
    }

    /// Who has these usernames, whatever their case, by the very texts that were asked; texts that
    /// are nobody's username are left out. Made for bulk: ask once for all.
    public Map<String, Id<User>> named(Collection<String> usernames) {
        Map<String, String> keys = new HashMap<>();
        for (String text : usernames) {
            @Nullable LoginName name = LoginName.username(text);
            if (name != null) {
                keys.put(text, name.key());
            }
        }
        if (keys.isEmpty()) {
            return Map.of();
        }
        Map<String, Id<User>> found =
                db.read(tx -> accounts.byUsernameKeys(tx, Set.copyOf(keys.values())));
        Map<String, Id<User>> named = new HashMap<>();
        keys.forEach((text, key) -> {
            @Nullable Id<User> user = found.get(key);
            if (user != null) {
                named.put(text, user);
            }
        });
        return named;
    }

    /// The hash of a password that several people share, as of a room: made where all are made, so
    /// that a flood of them is turned away (503) instead of taking the machine. Never call it
    /// inside a transaction.
    public String hashShared(String password) {
        return passwords.hash(password);
    }

    /// Whether somebody knows a password that several share. His wrong guesses at this thing are
    /// bounded like those at an account, the right one counts for nothing.
    public boolean knowsShared(Caller caller, Id<?> thing, String password, String hash) {
        return guesses.tried(
                new Guesses.Target.Shared(caller.user(), thing),
                () -> passwords.matches(password, hash));
    }

    /// Tells of one more way in, which from then on counts in `requireWayIn`. Before the start.
    public void opensBy(WayIn way) {
        waysIn.add(way);
    }

    /// Asked by who has just taken a way in from a user, in the same transaction: was it his last
    /// one, this refuses (`LAST_SIGN_IN_METHOD`) and nothing has happened. Two that take one each
    /// at the same moment wait for each other here.
    public void requireWayIn(Tx tx, Id<User> user) {
        Account account = accounts.lock(tx, user).orElseThrow(Identity::unknown);
        boolean hasOne =
                account.passwordHash() != null
                        || account.isEmailVerified()
                        || account.isPhoneVerified()
                        || waysIn.stream().anyMatch(way -> way.isOpenTo(tx, user));
        if (!hasOne) {
            throw Failure.conflict("LAST_SIGN_IN_METHOD");
        }
    }

    /// Whether this session is over; asked once more by a socket that has just been opened.
    public boolean isOver(Id<Session> session) {
        return ended.contains(session);
    }

    /// Called once on this node for every session that ends anywhere, within a second.
    public void onSessionEnded(Consumer<Id<Session>> listener) {
        ended.onEnded(listener);
    }

    /// Makes the first administrator. Whoever has the name already keeps his password and rights.
    public FirstAdmin createAdmin(String username, Secret password) {
        @Nullable LoginName name = LoginName.username(username);
        if (name == null || !Form.Kind.NEW_PASSWORD.admits(password.value())) {
            return FirstAdmin.UNFIT;
        }
        return holder(name).orElseGet(() -> createAdmin(name, password));
    }

    private FirstAdmin createAdmin(LoginName name, Secret password) {
        AccountStore.Names names = new AccountStore.Names(name, null, null);
        String hash = passwords.hash(password.value());
        Account admin = newAccount(names, null, hash, Role.ADMIN, Language.KO);
        try {
            db.run(tx -> accounts.add(tx, admin, names));
            return FirstAdmin.CREATED;
        } catch (Failure taken) {
            return holder(name).orElseThrow(() -> taken); // another node was faster
        }
    }

    private Optional<FirstAdmin> holder(LoginName name) {
        return db.read(tx -> accounts.byName(tx, name))
                .map(holder -> holder.role().isAdmin() ? FirstAdmin.EXISTS : FirstAdmin.NAME_TAKEN);
    }

    /// First the password, whose row a sign-in with the old one waits for; then the sessions, so
    /// that none of those slips through.
    private boolean changePassword(Tx tx, Caller.Member caller, Account checked, String newHash) {
        if (!accounts.changePassword(tx, checked, newHash)) {
            return false;
        }
        sessions.endAll(tx, caller.user(), caller.session());
        return true;
    }

    private SignedIn enter(Account checked, String passwordHash) {
        Instant now = clock.instant();
        return db.tx(tx ->
                        accounts.entered(tx, checked, passwordHash, now)
                                ? accounts.byId(tx, checked.id())
                                        .map(account -> sessions.open(tx, account))
                                : Optional.<SignedIn>empty())
                .orElseThrow(() -> Failure.unauthenticated("AUTH_INVALID_CREDENTIALS"));
    }

    private Guesses.Target target(Visitor visitor, @Nullable Account account, String name) {
        if (account == null) {
            return new Guesses.Target.UnknownName(name, visitor.address());
        }
        @Nullable String device = devices.device(visitor.deviceToken(), account.id());
        return device == null
                ? new Guesses.Target.Account(account.id(), visitor.address())
                : new Guesses.Target.KnownDevice(device);
    }

    private Account newAccount(
            AccountStore.Names names,
            @Nullable String nickname,
            String passwordHash,
            Role role,
            Language language) {
        return Account.opened(
                ids.next(),
                names,
                passwordHash,
                nickname == null ? defaultNickname(names.username()) : nickname,
                role,
                language,
                clock.instant());
    }

    /// The username, else a made-up name; never anything of e-mail or phone, which are private.
    private String defaultNickname(@Nullable LoginName username) {
        return username != null
                ? username.shown()
                : NAMELESS
                        + random.ints(NAMELESS_LETTERS, 'a', 'z' + 1)
                                .mapToObj(Character::toString)
                                .collect(Collectors.joining());
    }

    private interface Parser {
        @Nullable LoginName parse(String text);
    }

    private static @Nullable LoginName parsed(@Nullable String text, Parser parser) {
        return text == null ? null : parser.parse(text);
    }

    static Failure suspended() {
        return Failure.of(Failure.Kind.FORBIDDEN, "ACCOUNT_SUSPENDED");
    }

    private static Failure unknown() {
        return Failure.notFound("USER_NOT_FOUND");
    }
}
