package madang.rights;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import madang.audit.Audit;
import madang.audit.AuditEntry;
import madang.identity.Identity;
import madang.identity.PersonalData;
import madang.kit.Caller;
import madang.kit.CrashPoint;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Ids;
import madang.kit.Secret;
import madang.kit.Text;
import madang.kit.User;
import madang.kit.db.Db;
import madang.kit.db.Tx;
import madang.kit.json.Json;
import madang.port.BlobStore;
import madang.rights.RightsStore.Export;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What people ask for about themselves: their data to take away, and to be forgotten.
public final class Rights {
    private static final Logger log = LoggerFactory.getLogger(Rights.class);
    private static final Caller HOUSE = Caller.system("withdrawal");

    /// Who signed in so lately needs no other proof to leave.
    static final Duration FRESH_SIGN_IN = Duration.ofMinutes(10);

    /// Longer than any export takes; after that its maker is taken for dead.
    private static final Duration CLAIM = Duration.ofMinutes(30);

    private static final int AT_ONCE = 1_000;
    private static final int YEARS_KEPT = 5;

    private final Db db;
    private final RightsStore store;
    private final Consents consents;
    private final Identity identity;
    private final BlobStore blobs;
    private final Path workshop;
    private final RightsSettings settings;
    private final Audit audit;
    private final Json json;
    private final Ids ids;
    private final InstantSource clock;
    private final List<PersonalData> holders = new CopyOnWriteArrayList<>();

    Rights(
            Db db,
            RightsStore store,
            Consents consents,
            Identity identity,
            BlobStore blobs,
            Path workshop,
            RightsSettings settings,
            Audit audit,
            Json json,
            Ids ids,
            InstantSource clock) {
        this.db = db;
        this.store = store;
        this.consents = consents;
        this.identity = identity;
        this.blobs = blobs;
        this.workshop = workshop;
        this.settings = settings;
        this.audit = audit;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
    }

    void holds(PersonalData data) {
        holders.add(data);
    }

    /// Asks for everything that is kept of the caller. Asking again while it is being made changes
    /// nothing; later it makes a new one in the place of the old. Whoever asks looks for work
    /// afterwards: while his transaction held the row, another one may have passed it over.
    Export requestExport(Caller caller) {
        return db.tx(tx -> {
            Optional<Export> before = store.export(tx, caller.user());
            if (store.request(tx, caller.user(), ids.next(), clock.instant())) {
                before.ifPresent(old -> tx.afterCommit(() -> blobs.delete(old.blob())));
                audit.note(tx, AuditEntry.of(caller, "EXPORT_REQUESTED", "user", caller.user()));
            }
            tx.afterCommit(() -> Thread.ofVirtual().name("export").start(this::makeExports));
            return store.export(tx, caller.user()).orElseThrow();
        });
    }

    Export export(Caller caller) {
        return db.read(tx -> store.export(tx, caller.user()))
                .orElseThrow(() -> Failure.notFound("EXPORT_NOT_FOUND"));
    }

    /// A part of the bytes of an export that is ready.
    InputStream open(Export export, long from, long length) {
        return blobs.open(export.blob(), from, length)
                .orElseThrow(() -> Failure.notFound("EXPORT_NOT_FOUND"));
    }

    /// Makes all exports that wait. A job calls this for those whose maker died.
    void makeExports() {
        try {
            for (Optional<Export> next = claim(); next.isPresent(); next = claim()) {
                make(next.get());
            }
        } catch (IOException | RuntimeException broken) {
            log.warn("an export is tried again later", broken);
        }
    }

    private Optional<Export> claim() {
        Instant now = clock.instant();
        return db.tx(tx -> store.claim(tx, now, now.plus(CLAIM)));
    }

    private void make(Export export) throws IOException {
        Files.createDirectories(workshop);
        Path file = Files.createTempFile(workshop, "export-", ".zip");
        try {
            write(export.user(), file);
            long size = Files.size(file);
            try (InputStream bytes = Files.newInputStream(file)) {
                blobs.put(export.blob(), bytes, size);
            }
            Instant now = clock.instant();
            Instant expiresAt = now.plus(settings.exportLife());
            if (!db.tx(tx -> store.ready(tx, export, size, now, expiresAt))) {
                blobs.delete(export.blob());
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void write(Id<User> user, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipArchive zip = new ZipArchive(out, json)) {
            holders.forEach(holder -> holder.export(user, zip.section(holder.section())));
        }
    }

    /// Lets go of exports whose time is over: first the bytes, then the row that finds them.
    void sweepExports() {
        for (Export over : db.read(tx -> store.expired(tx, clock.instant()))) {
            remove(over);
        }
    }

    private void remove(Export export) {
        blobs.delete(export.blob());
        db.run(tx -> store.removeExport(tx, export));
    }

    /// Leaves: signed out everywhere at once. Whoever signs in again within the time of grace has
    /// not left.
    void withdraw(Caller.Member caller, WithdrawAccount command) {
        requireProof(caller, command);
        db.run(tx -> {
            Instant now = clock.instant();
            if (identity.withdraw(tx, caller.user())) {
                store.noteWithdrawal(tx, caller.user(), command.reason(), now);
                audit.note(tx, AuditEntry.of(caller, "USER_WITHDREW", "user", caller.user()));
            }
        });
    }

    Duration grace() {
        return settings.withdrawalGrace();
    }

    /// Somebody came back in time.
    void undone(Id<User> user) {
        db.run(tx -> {
            if (store.forgetWithdrawal(tx, user)) {
                audit.note(tx, AuditEntry.of(HOUSE, "WITHDRAWAL_UNDONE", "user", user));
            }
        });
    }

    /// Erases whoever has left for good. What is cut off goes on in the next round where it was.
    public void eraseGone() {
        Instant withdrawnBefore = clock.instant().minus(settings.withdrawalGrace());
        for (Id<User> user : identity.gone(withdrawnBefore, AT_ONCE)) {
            try {
                erase(user, withdrawnBefore);
            } catch (RuntimeException later) {
                log.warn("user {} is erased later", user, later);
            }
        }
    }

    /// First the door is shut; and his bots lose the names that he gave them, so that nothing which
    /// is told of their going tells them once more.
    private void erase(Id<User> user, Instant withdrawnBefore) {
        boolean isSealed =
                db.tx(tx -> {
                    boolean isGone = identity.seal(tx, user, withdrawnBefore);
                    if (isGone) {
                        store.begin(tx, user, clock.instant());
                        identity.bots(user).forEach(bot -> identity.empty(tx, bot));
                    }
                    return isGone;
                });
        if (!isSealed) {
            return;
        }
        Set<String> done = db.read(tx -> store.sections(tx, user));
        for (PersonalData holder : holders) {
            if (!done.contains(holder.section())) {
                identity.bots(user).forEach(holder::erase);
                holder.erase(user);
                CrashPoint.BETWEEN_ERASURES.pass();
                db.run(tx -> store.noteSection(tx, user, holder.section(), clock.instant()));
            }
        }
        db.run(tx -> finish(tx, user));
    }

    /// The id is empty, and that is proven, in one transaction.
    private void finish(Tx tx, Id<User> user) {
        identity.empty(tx, user);
        if (store.finish(tx, user, clock.instant())) {
            audit.note(
                    tx,
                    AuditEntry.of(HOUSE, "USER_ERASED", "user", user)
                            .with("sections", store.sections(tx, user).size()));
        }
    }

    void forgetOldConsents() {
        consents.forget(
                clock.instant().atOffset(ZoneOffset.UTC).minusYears(YEARS_KEPT).toInstant());
    }

    /// What stands here of somebody, as every feature tells its own.
    PersonalData own() {
        return new PersonalData() {
            @Override
            public String section() {
                return "rights";
            }

            @Override
            public void export(Id<User> user, Archive archive) {
                archive.put("consents", consents.words(user));
            }

            @Override
            public void erase(Id<User> user) {
                db.read(tx -> store.export(tx, user)).ifPresent(Rights.this::remove);
                db.run(tx -> store.forgetWithdrawal(tx, user));
            }
        };
    }

    private void requireProof(Caller.Member caller, WithdrawAccount command) {
        if (identity.hasPassword(caller.user())) {
            boolean isKnown =
                    command.password() != null
                            && identity.knowsPassword(caller, new Secret(command.password()));
            if (!isKnown) {
                throw Failure.of(Failure.Kind.FORBIDDEN, "AUTH_INVALID_CREDENTIALS")
                        .with(Map.of("password", Text.of("invalid.wrong_password")));
            }
            return;
        }
        boolean isFresh = identity.signedInAt(caller).plus(FRESH_SIGN_IN).isAfter(clock.instant());
        if (!isFresh && !Boolean.TRUE.equals(command.confirm())) {
            throw Failure.of(Failure.Kind.FORBIDDEN, "SIGN_IN_AGAIN");
        }
    }
}
