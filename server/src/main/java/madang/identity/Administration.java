package madang.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import madang.audit.Audit;
import madang.audit.AuditEntry;
import madang.kit.Caller;
import madang.kit.Cursor;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Page;
import madang.kit.Role;
import madang.kit.User;
import madang.kit.db.Db;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// What administrators see of accounts and do with them. Whatever they look at or do to one person
/// stands in the audit log with it.
public final class Administration {
    private static final String TARGET = "user";
    private static final ZoneId HOME = ZoneId.of(Account.HOME);

    /// Who came in this lately counts as active.
    private static final Duration ACTIVE = Duration.ofDays(30);

    /// Counting reads whole tables; the figures may be this old.
    private static final Duration FRESH = Duration.ofSeconds(30);

    private final Db db;
    private final AccountStore accounts;
    private final AdminStore store;
    private final Sessions sessions;
    private final Audit audit;
    private final InstantSource clock;
    private final List<Supplier<Map<String, Long>>> neighbours = new CopyOnWriteArrayList<>();
    private volatile @Nullable Counted counted;

    private record Counted(Map<String, Long> figures, Instant at) {}

    Administration(
            Db db,
            AccountStore accounts,
            AdminStore store,
            Sessions sessions,
            Audit audit,
            InstantSource clock) {
        this.db = db;
        this.accounts = accounts;
        this.store = store;
        this.sessions = sessions;
        this.audit = audit;
        this.clock = clock;
    }

    /// Accounts, the youngest first.
    Page<AccountView> page(AdminStore.Question question) {
        return Page.of(
                db.read(tx -> store.page(tx, question, clock.instant())),
                question.limit() - 1,
                account -> Cursor.encode(account.id()));
    }

    /// All that an account holds. Whoever looks is noted.
    AccountView.Whole view(Staff staff, Id<User> user) {
        return db.tx(tx -> {
            AccountView.Whole whole = whole(tx, user);
            note(tx, staff, "USER_VIEWED", user);
            return whole;
        });
    }

    /// Shuts somebody out, with the bots that he runs; their sessions end on every node within a
    /// second. Nobody shuts himself out, nor anybody of his own rank or above.
    public void suspend(Staff staff, Id<User> user, Suspension suspension) {
        db.run(tx -> {
            requireAbove(tx, staff, user);
            accounts.suspend(tx, user, suspension, clock.instant());
            sessions.shutOut(tx, user);
            audit.note(tx, entry(staff, "USER_SUSPENDED", user).with("until", suspension.until()));
        });
    }

    /// Lets somebody in again, suspended or not.
    public void reinstate(Staff staff, Id<User> user) {
        db.run(tx -> {
            requireAbove(tx, staff, user);
            accounts.reinstate(tx, user);
            note(tx, staff, "USER_REINSTATED", user);
        });
    }

    /// Gives somebody another role. His sessions end, because each of them stands for the old one.
    /// Only a chief administrator does it, and never to himself: so one of them always remains.
    void changeRole(Staff staff, Id<User> user, Role role) {
        db.run(tx -> {
            Account account = requireAbove(tx, staff, user);
            if (roleOf(tx, staff) != Role.SUPER_ADMIN || account.isBot() || account.isGuest()) {
                throw Failure.forbidden();
            }
            if (account.role() != role) {
                store.changeRole(tx, user, role);
                sessions.endAll(tx, user, null);
                audit.note(
                        tx,
                        entry(staff, "ROLE_CHANGED", user)
                                .with("from", account.role())
                                .with("to", role));
            }
        });
    }

    AccountView.Whole whole(Id<User> user) {
        return db.read(tx -> whole(tx, user));
    }

    /// An account as administrators see it.
    public record Listed(Me account, boolean isSuspended) {}

    /// All accounts in the order of their making, some of them skipped.
    public List<Listed> accounts(long skipped, int limit) {
        return db.read(tx -> accounts.all(tx, skipped, limit)).stream().map(this::listed).toList();
    }

    /// One of them.
    public Optional<Listed> account(Id<User> user) {
        return db.read(tx -> accounts.byId(tx, user)).map(this::listed);
    }

    private Listed listed(Account account) {
        return new Listed(account.me(), account.isSuspended(clock.instant()));
    }

    public long countAccounts() {
        return db.read(accounts::count);
    }

    /// A neighbour's figures among those that administrators see; asked at most twice a minute.
    public void shows(Supplier<Map<String, Long>> figures) {
        neighbours.add(figures);
    }

    /// How many there are of what.
    Map<String, Long> figures() {
        @Nullable Counted last = counted;
        Instant now = clock.instant();
        if (last != null && last.at().plus(FRESH).isAfter(now)) {
            return last.figures();
        }
        Map<String, Long> figures = new TreeMap<>(ownFigures(now));
        neighbours.forEach(neighbour -> figures.putAll(neighbour.get()));
        counted = new Counted(figures, now);
        return figures;
    }

    private Map<String, Long> ownFigures(Instant now) {
        Instant today = now.atZone(HOME).truncatedTo(ChronoUnit.DAYS).toInstant();
        AdminStore.Figures users = db.read(tx -> store.figures(tx, now, now.minus(ACTIVE), today));
        return Map.of(
                "total_users", users.totalUsers(),
                "active_users", users.activeUsers(),
                "new_users_today", users.newUsersToday(),
                "suspended_users", users.suspendedUsers(),
                "withdrawn_users", users.withdrawnUsers(),
                "guests", users.guests(),
                "bots", users.bots(),
                "administrators", users.administrators());
    }

    private AccountView.Whole whole(Tx tx, Id<User> user) {
        Account account = accounts.byId(tx, user).orElseThrow(Administration::unknown);
        AdminStore.Fate fate = store.fate(tx, user, clock.instant());
        return new AccountView.Whole(
                account.me(),
                fate.state(),
                account.isBot(),
                account.isGuest(),
                account.passwordHash() != null,
                account.suspendedAt(),
                account.suspendedUntil(),
                fate.suspensionReason(),
                account.withdrawnAt());
    }

    /// The account, if whoever acts stands above it; both stay as they are to the end of the
    /// transaction. The role is asked anew, because a token remembers an old one.
    private Account requireAbove(Tx tx, Staff staff, Id<User> user) {
        if (staff.caller() instanceof Caller.Member member) {
            if (member.user().equals(user)) {
                throw Failure.forbidden();
            }
            store.lock(tx, member.user(), user);
        }
        Account account = accounts.lock(tx, user).orElseThrow(Administration::unknown);
        if (!roleOf(tx, staff).isAbove(account.role())) {
            throw Failure.forbidden();
        }
        return account;
    }

    private Role roleOf(Tx tx, Staff staff) {
        return staff.caller() instanceof Caller.Member member
                ? accounts.role(tx, member.user()).orElseThrow(Failure::forbidden)
                : Role.SUPER_ADMIN;
    }

    private void note(Tx tx, Staff staff, String action, Id<User> user) {
        audit.note(tx, entry(staff, action, user));
    }

    private static AuditEntry entry(Staff staff, String action, Id<User> user) {
        return AuditEntry.of(staff.caller(), action, TARGET, user).from(staff.address());
    }

    private static Failure unknown() {
        return Failure.notFound("USER_NOT_FOUND");
    }
}
