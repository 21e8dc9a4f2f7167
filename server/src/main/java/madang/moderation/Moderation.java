package madang.moderation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import madang.identity.Identity;
import madang.identity.UserView;
import madang.kit.Caller;
import madang.kit.Cursor;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Ids;
import madang.kit.Page;
import madang.kit.User;
import madang.kit.Vault;
import madang.kit.db.Db;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// Who will not hear from whom, and what administrators are asked to look at: everything that
/// endpoints and neighbours may ask and do.
public final class Moderation {
    /// So many a user can block; more than anybody needs, and little enough to be kept in memory.
    static final int MOST_BLOCKED = 1_000;

    /// How long the words of a decided report are kept, for a second look.
    static final Duration WORDS_KEPT = Duration.ofDays(90);

    private final Db db;
    private final BlockStore blockStore;
    private final Blocks blocks;
    private final ReportStore reports;
    private final Identity identity;
    private final Vault vault;
    private final Ids ids;
    private final InstantSource clock;
    private final Map<Report.SubjectType, Reportable> eyes =
            new EnumMap<>(Report.SubjectType.class);

    Moderation(
            Db db,
            BlockStore blockStore,
            Blocks blocks,
            ReportStore reports,
            Identity identity,
            Vault vault,
            Ids ids,
            InstantSource clock) {
        this.db = db;
        this.blockStore = blockStore;
        this.blocks = blocks;
        this.reports = reports;
        this.identity = identity;
        this.vault = vault;
        this.ids = ids;
        this.clock = clock;
        lend(Report.SubjectType.USER, (_, subject) -> profile(subject.id()));
    }

    /// A block that was made, or stood there before.
    public record Blocked(BlockStore.Block block, boolean isNew) {}

    /// Wants to hear nothing more from somebody. Blocking twice changes nothing.
    public Blocked block(Caller caller, Id<User> user) {
        if (user.equals(caller.user())) {
            throw Failure.conflict("BLOCK_ONESELF");
        }
        requireKnown(user);
        return db.tx(tx -> {
            Instant now = clock.instant();
            boolean isNew = blockStore.add(tx, caller.user(), user, now);
            if (isNew) {
                requireWithinBound(tx, caller.user());
                tx.publish(new UserBlocked(caller.user(), user, now));
                tx.afterCommit(() -> blocks.tell(caller.user()));
            }
            return new Blocked(blockStore.find(tx, caller.user(), user).orElseThrow(), isNew);
        });
    }

    /// Lets somebody be heard again, whether he was blocked or not.
    public void unblock(Caller caller, Id<User> user) {
        requireKnown(user);
        db.run(tx -> {
            if (blockStore.remove(tx, caller.user(), user)) {
                tx.afterCommit(() -> blocks.tell(caller.user()));
            }
        });
    }

    /// Whom I have blocked, the latest first.
    Page<BlockStore.Block> blocks(Caller caller, BlockStore.@Nullable Block after, int limit) {
        return Page.of(
                db.read(tx -> blockStore.page(tx, caller.user(), after, limit + 1)),
                limit,
                block -> Cursor.encode(block.at(), block.user()));
    }

    /// Two people; which of them is which does not matter.
    public record Pair(Id<User> one, Id<User> other) {}

    /// Those of these pairs that are parted: one of the two has blocked the other. Asked once for
    /// all, and answered from memory as a rule.
    public Set<Pair> between(Collection<Pair> pairs) {
        Set<Id<User>> people = new HashSet<>();
        pairs.forEach(pair -> {
            people.add(pair.one());
            people.add(pair.other());
        });
        Map<Id<User>, Set<Id<User>>> blocked = blocks.of(people);
        return pairs.stream()
                .filter(pair ->
                        has(blocked, pair.one(), pair.other())
                                || has(blocked, pair.other(), pair.one()))
                .collect(Collectors.toSet());
    }

    /// Those of these people who want to hear nothing from this user.
    public Set<Id<User>> blockersOf(Id<User> user, Collection<Id<User>> people) {
        Map<Id<User>, Set<Id<User>>> blocked = blocks.of(people);
        return people.stream()
                .filter(person -> has(blocked, person, user))
                .collect(Collectors.toSet());
    }

    /// Called on every node when somebody blocks or unblocks, with who did. Must not block.
    public void onBlocksChanged(Consumer<Id<User>> listener) {
        blocks.onChanged(listener);
    }

    /// Lends the eye for one kind of thing; without one, nothing of the kind is there.
    public void lend(Report.SubjectType type, Reportable eye) {
        eyes.put(type, eye);
    }

    /// A report that was made, or had been made before.
    public record Made(Report report, boolean isNew) {}

    /// Asks the administrators to look at something that the caller sees. What he sees is kept as
    /// it is now. The same thing reported again by him is the first report.
    public Made report(Caller caller, MakeReport command) {
        Reportable.Subject subject = command.subject();
        Reportable.Evidence seen = seen(caller, subject);
        if (caller.user().equals(seen.author())) {
            throw Failure.conflict("REPORT_ONESELF");
        }
        Report report = Report.made(ids.next(), caller, command, subject, seen, clock.instant());
        return db.tx(tx ->
                reports.add(tx, sealed(report))
                        ? new Made(report, true)
                        : new Made(reports.of(tx, caller.user(), subject).orElseThrow(), false));
    }

    /// The queue of the administrators, the longest-waiting first.
    Page<Report> reports(Report.Status status, @Nullable Id<Report> after, int limit) {
        return Page.of(
                        db.read(tx -> reports.page(tx, status, after, limit + 1)),
                        limit,
                        report -> Cursor.encode(report.id()))
                .map(this::opened);
    }

    /// All that somebody reported, with his words.
    List<Report> reportsOf(Id<User> reporter) {
        return db.read(tx -> reports.by(tx, reporter)).stream().map(this::opened).toList();
    }

    Report decide(Caller admin, Id<Report> id, DecideReport command) {
        return db.tx(tx -> {
            Report report = reports.lock(tx, id).orElseThrow(Report::notFound);
            Report decided = report.decided(admin, command, clock.instant());
            reports.decide(tx, decided);
            return opened(decided);
        });
    }

    /// What was decided long ago keeps its figures and loses its words.
    void forgetOldWords() {
        Instant before = clock.instant().minus(WORDS_KEPT);
        db.run(tx -> reports.forgetWords(tx, before));
    }

    static Failure subjectNotFound() {
        return Failure.notFound("REPORT_SUBJECT_NOT_FOUND");
    }

    private Reportable.Evidence seen(Caller caller, Reportable.Subject subject) {
        @Nullable Reportable eye = eyes.get(subject.type());
        return Optional.ofNullable(eye)
                .flatMap(lent -> lent.seenBy(caller, subject))
                .orElseThrow(Moderation::subjectNotFound);
    }

    /// A user is reported with what everybody sees of him.
    private Optional<Reportable.Evidence> profile(Id<?> id) {
        Id<User> user = new Id<>(id.value());
        @Nullable UserView view = identity.people(Set.of(user)).get(user);
        return Optional.ofNullable(view)
                .map(shown ->
                        new Reportable.Evidence(
                                user,
                                lines(
                                        shown.nickname(),
                                        shown.username(),
                                        shown.statusMessage(),
                                        shown.profileImageUrl())));
    }

    private static String lines(@Nullable String... lines) {
        return Stream.of(lines).flatMap(Stream::ofNullable).collect(Collectors.joining("\n"));
    }

    private Report sealed(Report report) {
        return report.withWords(
                sealed(report.text(), "text", report.id()),
                sealed(report.evidence(), "evidence", report.id()));
    }

    private Report opened(Report report) {
        return report.withWords(
                opened(report.text(), "text", report.id()),
                opened(report.evidence(), "evidence", report.id()));
    }

    private @Nullable String sealed(@Nullable String words, String column, Id<Report> id) {
        return words == null ? null : vault.seal(words, place(column, id));
    }

    private @Nullable String opened(@Nullable String words, String column, Id<Report> id) {
        return words == null ? null : vault.open(words, place(column, id));
    }

    private static String place(String column, Id<Report> id) {
        return "moderation.report." + column + " " + id;
    }

    private void requireKnown(Id<User> user) {
        if (!identity.exists(user)) {
            throw Failure.notFound("USER_NOT_FOUND");
        }
    }

    private void requireWithinBound(Tx tx, Id<User> blocker) {
        if (blockStore.count(tx, blocker) > MOST_BLOCKED) {
            throw Failure.conflict("BLOCK_LIMIT", MOST_BLOCKED);
        }
    }

    private static boolean has(
            Map<Id<User>, Set<Id<User>>> blocked, Id<User> blocker, Id<User> other) {
        return blocked.getOrDefault(blocker, Set.of()).contains(other);
    }
}
