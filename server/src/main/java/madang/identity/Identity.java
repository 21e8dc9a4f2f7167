package madang.identity;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import madang.kit.Caller;
import madang.kit.Cursor;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Ids;
import madang.kit.Language;
import madang.kit.Page;
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
    private static final int MAX_NICKNAME = 50;

    /// How long a sign-in counts as proof that the owner himself sits there.
    private static final Duration FRESH = Duration.ofMinutes(10);

    /// What stands where somebody was.
    private static final String NOBODY = "(알 수 없음)";

    private final Db db;
    private final AccountStore accounts;
    private final Sessions sessions;
    private final EndedSessions ended;
    private final Passwords passwords;
    private final Guesses guesses;
    private final DeviceTokens devices;
    private final Names names;
    private final Entrance entrance;
    private final DepartureStore departures;
    private final People people;
    private final Changes changes;
    private final Bots bots;
    private final Ids ids;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final List<WayIn> waysIn = new CopyOnWriteArrayList<>();
    private final List<Agreements> agreements = new CopyOnWriteArrayList<>();

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
            Names names,
            Entrance entrance,
            DepartureStore departures,
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
        this.names = names;
        this.entrance = entrance;
        this.departures = departures;
        this.people = people;
        this.changes = changes;
        this.bots = bots;
        this.ids = ids;
        this.clock = clock;
    }

    /// Makes an account and signs its owner in. A name that somebody has is `USER_ALREADY_EXISTS`.
    public SignedIn register(Caller caller, Visitor visitor, Register command) {
        AccountStore.Names typed = typed(command);
        Account account =
                newAccount(
                        typed,
                        command.nickname(),
                        passwords.hash(command.password()),
                        Role.USER,
                        caller.language());
        return db.tx(tx -> {
            accounts.add(tx, account, typed);
            agree(tx, account.id(), Agreed.to(command.consents()));
            return entrance.welcome(tx, visitor, account, SignInMethod.PASSWORD);
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
        String newHash = passwords.isStale(hash) ? passwords.hash(command.password()) : hash;
        return db.tx(tx -> {
            // Whoever came with a password that was changed meanwhile stays outside.
            if (!accounts.changePassword(tx, account, newHash)) {
                throw Failure.unauthenticated("AUTH_INVALID_CREDENTIALS");
            }
            return entrance.admit(tx, visitor, account.id(), SignInMethod.PASSWORD);
        });
    }

    /// Makes an account without a password for somebody of whom others have told us. A name that
    /// somebody has and the newcomer did not prove is left out; one that he proved is his, and
    /// whoever had it unproved loses it. `USER_ALREADY_EXISTS` where both proved it.
    public Id<User> create(Tx tx, Newcomer newcomer) {
        Id<User> user = create(tx, newcomer, false).id();
        agree(tx, user, newcomer.agreed());
        return user;
    }

    /// Opens a session for a user whose way in the caller has checked: a provider's word, a code, a
    /// link, a passkey. `ACCOUNT_SUSPENDED` where he is shut out; a withdrawal is undone by this.
    public SignedIn admit(Tx tx, Visitor visitor, Id<User> user, SignInMethod method) {
        return entrance.admit(tx, visitor, user, method);
    }

    /// Who proved that this e-mail address or phone number is his; he keeps it while the
    /// transaction lasts.
    public Optional<Id<User>> holderOfVerified(Tx tx, LoginName name) {
        return names.holderOfVerified(tx, name);
    }

    /// The user proved that this address is his; whoever had it without a proof loses it.
    /// `USER_ALREADY_EXISTS` where another one proved it before.
    public void confirmEmail(Tx tx, Id<User> user, String email) {
        names.confirm(tx, user, required(LoginName.email(email), "email"));
    }

    /// The same of a phone number.
    public void confirmPhone(Tx tx, Id<User> user, String phone) {
        names.confirm(tx, user, required(LoginName.phone(phone), "phone"));
    }

    /// A new password as it is kept. Never call it inside a transaction.
    public HashedPassword hashed(Secret password) {
        return new HashedPassword(passwords.hash(password.value()));
    }

    /// Gives the account this password, whatever it had, and ends all of its sessions.
    public void resetPassword(Tx tx, Id<User> user, HashedPassword password) {
        accounts.setPassword(tx, user, password.value());
        sessions.endAll(tx, user, null);
        tx.publish(new PasswordChanged(user, clock.instant()));
    }

    /// Whose password a mail to this address may reset: whoever proved that it is his. Before that
    /// only an account that a password alone opens: who reads the mails must not take over an
    /// account that somebody else could still enter by another way.
    public Optional<Id<User>> resettableBy(Tx tx, String email) {
        @Nullable LoginName name = LoginName.email(email);
        return name == null
                ? Optional.empty()
                : accounts.byName(tx, name)
                        .filter(Account::hasDoor)
                        .filter(account ->
                                account.isEmailVerified()
                                        || (!account.isPhoneVerified()
                                                && waysIn.stream()
                                                        .noneMatch(way ->
                                                                way.isOpenTo(tx, account.id()))))
                        .map(Account::id);
    }

    /// A user as he sees himself, for whoever writes to him; empty where he is nobody any more.
    public Optional<Me> account(Id<User> user) {
        return db.read(tx -> accounts.byId(tx, user)).filter(Account::hasDoor).map(Account::me);
    }

    /// All e-mail addresses and phone numbers of a user, proved or not, for whoever must forget
    /// them.
    public List<String> addresses(Id<User> user) {
        return db.read(tx -> accounts.byId(tx, user)).stream()
                .flatMap(account -> Stream.of(account.email(), account.phone()))
                .filter(Objects::nonNull)
                .toList();
    }

    /// Asked before what a thief of a session must not be able to do: the caller gives his
    /// password, or has signed in within ten minutes. `FRESH_SIGN_IN_REQUIRED` otherwise. Never
    /// call it inside a transaction.
    public void requireFresh(Caller.Member caller, @Nullable Secret password) {
        if (password != null) {
            if (!knowsPassword(caller, password)) {
                throw wrongPassword("password");
            }
        } else if (signedInAt(caller).isBefore(clock.instant().minus(FRESH))) {
            throw Failure.of(Failure.Kind.FORBIDDEN, "FRESH_SIGN_IN_REQUIRED");
        }
    }

    public boolean hasPassword(Id<User> user) {
        return db.read(tx -> accounts.hasPassword(tx, user));
    }

    /// Whether the caller knows the password of his account; his wrong guesses are bounded. False
    /// where the account has none. Never call it inside a transaction.
    public boolean knowsPassword(Caller.Member caller, Secret password) {
        Account account =
                db.read(tx -> accounts.byId(tx, caller.user())).orElseThrow(Identity::unknown);
        return knowsPassword(caller, password.value(), account);
    }

    /// When the caller's session was opened: when he proved last who he is.
    public Instant signedInAt(Caller.Member caller) {
        return sessions.openedAt(caller);
    }

    /// Ends all sessions of somebody who leaves, and of his bots. He comes back by signing in,
    /// until he is sealed. False where he had withdrawn before, or nobody has this id.
    public boolean withdraw(Tx tx, Id<User> user) {
        boolean isNew = departures.withdraw(tx, user, clock.instant());
        if (isNew) {
            sessions.shutOut(tx, user);
            tx.publish(new UserWithdrew(user, clock.instant()));
        }
        return isNew;
    }

    /// Whom to erase: who withdrew before this time and did not come back, and the guests whose
    /// session is over. In no order.
    public List<Id<User>> gone(Instant withdrawnBefore, int most) {
        return db.read(tx -> departures.gone(tx, withdrawnBefore, most));
    }

    /// Shuts the door behind somebody who is gone, for good: the first step of erasing him. False
    /// where he came back meanwhile, or is a guest who can come back by a way in that another
    /// feature keeps, and so is a guest no more; again true where it is shut already.
    public boolean seal(Tx tx, Id<User> user, Instant withdrawnBefore) {
        Account account = accounts.lock(tx, user).orElseThrow(Identity::unknown);
        if (account.isGuest() && account.withdrawnAt() == null && hasWayIn(tx, account)) {
            accounts.becomeMember(tx, user);
            return false;
        }
        return departures.seal(tx, user, withdrawnBefore, clock.instant());
    }

    /// All bots that this user ever made, the ended ones too.
    public List<Id<User>> bots(Id<User> owner) {
        return db.read(tx -> departures.bots(tx, owner));
    }

    /// Leaves an id without a person, because what others wrote refers to it: the last step of
    /// erasing somebody. Emptying twice changes nothing.
    public void empty(Tx tx, Id<User> user) {
        sessions.forgetAll(tx, user);
        departures.empty(tx, user, NOBODY, clock.instant());
        tx.afterCommit(() -> changes.tell(user, Language.KO));
    }

    /// Lets somebody in who wants to look around: an account with nothing but this session, erased
    /// after it.
    public SignedIn enterAsGuest(Caller caller, Visitor visitor) {
        return db.tx(tx -> {
            Account guest = create(tx, Newcomer.unknown(caller.language()), true);
            return entrance.welcome(tx, visitor, guest, SignInMethod.GUEST);
        });
    }

    /// A guest stays, with names and a password: his id and all that is his stay too. His sessions
    /// end and he gets a new one, because from now on it is worth more. `NOT_A_GUEST` for others.
    public SignedIn settle(Caller.Member caller, Visitor visitor, Register command) {
        AccountStore.Names typed = typed(command);
        String hash = passwords.hash(command.password());
        return db.tx(tx -> {
            Account guest = accounts.lock(tx, caller.user()).orElseThrow(Identity::unknown);
            if (!guest.isGuest()) {
                throw Failure.conflict("NOT_A_GUEST");
            }
            @Nullable String nickname =
                    command.nickname() == null ? shown(typed.username()) : command.nickname();
            accounts.settle(
                    tx, guest.id(), typed, hash, nickname == null ? guest.nickname() : nickname);
            agree(tx, guest.id(), Agreed.to(command.consents()));
            sessions.endAll(tx, guest.id(), null);
            tx.afterCommit(() -> changes.tell(guest.id(), guest.language()));
            return entrance.admit(tx, visitor, guest.id(), SignInMethod.PASSWORD);
        });
    }

    /// Where somebody is signed in, the newest sign-in first.
    public Page<SessionView> sessions(Caller.Member caller, @Nullable Cursor cursor, int limit) {
        return sessions.page(caller, cursor, limit);
    }

    /// False where he has no such session, or no more.
    public boolean endSession(Caller.Member caller, Id<Session> session) {
        return db.tx(tx -> sessions.end(tx, caller.user(), session));
    }

    public void endOtherSessions(Caller.Member caller) {
        db.run(tx -> sessions.endAll(tx, caller.user(), caller.session()));
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

    /// Ends all sessions of a user, on every node within a second: somebody else may sit in one.
    public void endSessions(Tx tx, Id<User> user) {
        sessions.endAll(tx, user, null);
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
    /// in one of them. Who has none yet gets his first: he has signed in just now
    /// (`FRESH_SIGN_IN_REQUIRED`), and has a name to sign in by (`NAME_MISSING`).
    public void changePassword(Caller.Member caller, ChangePassword command) {
        Account account =
                db.read(tx -> accounts.byId(tx, caller.user())).orElseThrow(Identity::unknown);
        requireRightToChange(caller, command.currentPassword(), account);
        String newHash = passwords.hash(command.newPassword());
        if (!db.tx(tx -> changePassword(tx, caller, account, newHash))) {
            throw wrongPassword("current_password");
        }
    }

    private void requireRightToChange(
            Caller.Member caller, @Nullable String current, Account account) {
        if (account.passwordHash() == null) {
            if (!account.hasName()) {
                throw Failure.conflict("NAME_MISSING");
            }
            requireFresh(caller, null);
        } else if (current == null) {
            throw Failure.invalid("current_password", "required");
        } else if (!knowsPassword(caller, current, account)) {
            throw wrongPassword("current_password");
        }
    }

    /// A ticket that opens one socket, once, within 30 seconds, if the session still lives then.
    public String socketTicket(Caller.Member caller) {
        return sessions.ticket(caller);
    }

    public Caller.Member useTicket(String ticket) {
        return sessions.useTicket(ticket);
    }

    /// Users as others see them; ids that nobody has are left out. Made for bulk: ask once for all.
    public Map<Id<User>, UserView> people(Collection<Id<User>> wanted) {
        return people.of(wanted);
    }

    /// Whether somebody has this account and has not left: neither withdrawn nor erased.
    public boolean isHere(Id<User> id) {
        return db.read(tx -> departures.isHere(tx, id));
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

    /// Tells who takes down what people agree to as they become members. Before the start.
    public void agreesBy(Agreements keeper) {
        agreements.add(keeper);
    }

    /// Asked by who has just taken a way in from a user, in the same transaction: was it his last
    /// one, this refuses (`LAST_SIGN_IN_METHOD`) and nothing has happened. Two that take one each
    /// at the same moment wait for each other here.
    public void requireWayIn(Tx tx, Id<User> user) {
        Account account = accounts.lock(tx, user).orElseThrow(Identity::unknown);
        if (!hasWayIn(tx, account)) {
            throw Failure.conflict("LAST_SIGN_IN_METHOD");
        }
    }

    private boolean hasWayIn(Tx tx, Account account) {
        return account.passwordHash() != null
                || account.isEmailVerified()
                || account.isPhoneVerified()
                || waysIn.stream().anyMatch(way -> way.isOpenTo(tx, account.id()));
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
        AccountStore.Names typed = new AccountStore.Names(name, null, null);
        String hash = passwords.hash(password.value());
        Account admin = newAccount(typed, null, hash, Role.SUPER_ADMIN, Language.KO);
        try {
            db.run(tx -> accounts.add(tx, admin, typed));
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
        tx.publish(new PasswordChanged(caller.user(), clock.instant()));
        return true;
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

    private boolean knowsPassword(Caller.Member caller, String password, Account account) {
        return guesses.tried(
                new Guesses.Target.Inside(caller.session()),
                () -> passwords.matches(password, account.passwordHash()));
    }

    private void agree(Tx tx, Id<User> user, Agreed agreed) {
        agreements.forEach(keeper -> keeper.agree(tx, user, agreed));
    }

    private Account create(Tx tx, Newcomer newcomer, boolean isGuest) {
        AccountStore.Names his = names.claimed(tx, newcomer);
        String nickname = nicknameOf(newcomer);
        Account account = Account.of(ids.next(), newcomer, his, nickname, isGuest, clock.instant());
        accounts.add(tx, account, his);
        return account;
    }

    /// What others told us may be longer, or hold more than one line.
    private String nicknameOf(Newcomer newcomer) {
        String told = newcomer.nickname() == null ? "" : newcomer.nickname();
        String line = told.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        int length = Math.min(MAX_NICKNAME, line.codePointCount(0, line.length()));
        String cut = line.substring(0, line.offsetByCodePoints(0, length));
        return Form.Kind.NICKNAME.admits(cut) ? cut : defaultNickname(null);
    }

    private Account newAccount(
            AccountStore.Names typed,
            @Nullable String nickname,
            String passwordHash,
            Role role,
            Language language) {
        return Account.opened(
                ids.next(),
                typed,
                passwordHash,
                nickname == null ? defaultNickname(typed.username()) : nickname,
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

    private static AccountStore.Names typed(Register command) {
        return new AccountStore.Names(
                parsed(command.username(), LoginName::username),
                parsed(command.email(), LoginName::email),
                parsed(command.phone(), LoginName::phone));
    }

    private static @Nullable String shown(@Nullable LoginName name) {
        return name == null ? null : name.shown();
    }

    private interface Parser {
        @Nullable LoginName parse(String text);
    }

    private static @Nullable LoginName parsed(@Nullable String text, Parser parser) {
        return text == null ? null : parser.parse(text);
    }

    private static LoginName required(@Nullable LoginName name, String field) {
        if (name == null) {
            throw Failure.invalid(field, field);
        }
        return name;
    }

    private static Failure wrongPassword(String field) {
        return Failure.of(Failure.Kind.FORBIDDEN, "AUTH_INVALID_CREDENTIALS")
                .with(Map.of(field, Text.of("invalid.wrong_password")));
    }

    private static Failure unknown() {
        return Failure.notFound("USER_NOT_FOUND");
    }
}
