package madang.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import madang.files.StoredFile.Holding;
import madang.files.StoredFile.Keeper;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Ids;
import madang.kit.User;
import madang.kit.db.Db;
import madang.kit.http.Uploads.Uploaded;
import madang.port.BlobStore;
import madang.port.BlobStore.Blob;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The API of files: takes them in, hands them out, lets them go. Who may see one is its keeper's
/// to say; here nobody is asked.
public final class Files {
    /// A file that its keeper has not confirmed is asked after again when whoever sent it must have
    /// been answered long ago.
    static final Duration TRIAL = Duration.ofHours(1);

    /// The same for one whose keeper is about to let go.
    static final Duration FAREWELL = Duration.ofMinutes(1);

    private static final Duration QUOTA_SPAN = Duration.ofHours(24);
    private static final int BATCH = 100;
    private static final Logger log = LoggerFactory.getLogger(Files.class);

    private final Db db;
    private final FileStore store;
    private final BlobStore blobs;
    private final Workshop workshop;
    private final long quota;
    private final InstantSource clock;
    private final Ids ids;
    private final Map<String, Keeper> keepers = new ConcurrentHashMap<>();

    Files(
            Db db,
            FileStore store,
            BlobStore blobs,
            Workshop workshop,
            long quota,
            InstantSource clock,
            Ids ids) {
        this.db = db;
        this.store = store;
        this.blobs = blobs;
        this.workshop = workshop;
        this.quota = quota;
        this.clock = clock;
        this.ids = ids;
    }

    /// Whom to ask about the files of a feature.
    public void keeper(String name, Keeper keeper) {
        keepers.put(name, keeper);
    }

    /// Takes in what somebody uploaded, if it is one of these types: cleaned, with a thumbnail
    /// where it is a picture, and on trial until `keep`. A call that throws leaves nothing behind.
    public StoredFile take(
            Caller caller, Holding holding, Uploaded<?> upload, Set<FileType> allowed) {
        Identified known = Identified.of(upload);
        if (!allowed.contains(known.type())) {
            throw Failure.of(Failure.Kind.INVALID, "FILE_TYPE_NOT_ALLOWED");
        }
        try (Prepared prepared = workshop.prepare(upload.file(), known.type())) {
            StoredFile file = stored(caller, holding, known, prepared);
            register(file);
            put(file, prepared);
            return file;
        }
    }

    /// Ends the trial: its keeper has it for good.
    public void keep(StoredFile file) {
        db.run(tx -> store.askAt(tx, file, null));
    }

    /// Lets go at once of what was taken in for nothing.
    public void giveBack(StoredFile file) {
        remove(file);
    }

    /// Runs a change after which this file may be kept no longer. Whatever happens meanwhile, to
    /// the change or to this process, the file goes exactly if it is not kept afterwards.
    public <T> T lettingGo(Id<StoredFile> file, Supplier<T> change) {
        db.run(tx -> store.askAt(tx, file, clock.instant().plus(FAREWELL)));
        T changed = change.get();
        find(file).ifPresent(this::settle);
        return changed;
    }

    /// A place is gone with all that was kept there; its files follow soon.
    public void placeGone(String keeper, Id<?> place) {
        db.run(tx -> store.askAllAt(tx, keeper, place, clock.instant()));
    }

    public Optional<StoredFile> find(Id<StoredFile> id) {
        return db.read(tx -> store.find(tx, id));
    }

    /// Those that this user brought in, the oldest first, behind this one.
    List<StoredFile> of(Id<User> owner, @Nullable Id<StoredFile> after, int limit) {
        return db.read(tx -> store.of(tx, owner, after, limit));
    }

    /// A part of a file's bytes; a file whose bytes are gone is not there.
    InputStream open(StoredFile file, long from, long length) {
        return blobs.open(whole(file), from, length).orElseThrow(Files::notFound);
    }

    /// The same of its thumbnail.
    InputStream openThumbnail(StoredFile file, long from, long length) {
        return Optional.ofNullable(file.thumbnail())
                .flatMap(thumbnail -> blobs.open(thumbnail, from, length))
                .orElseThrow(Files::notFound);
    }

    /// Asks the keepers of all files that are due, and drops what nobody keeps. A job calls this.
    public void sweep() {
        List<StoredFile> due;
        do {
            due = db.read(tx -> store.due(tx, clock.instant(), BATCH));
            due.forEach(this::settleOrWait);
        } while (due.size() == BATCH);
    }

    public static Failure notFound() {
        return Failure.notFound("FILE_NOT_FOUND");
    }

    private StoredFile stored(Caller caller, Holding holding, Identified known, Prepared prepared) {
        Instant now = clock.instant();
        Prepared.@Nullable Thumbnail thumbnail = prepared.thumbnail();
        return new StoredFile(
                ids.next(),
                caller.user(),
                holding.keeper(),
                holding.place(),
                holding.thing(),
                known.name(),
                known.type(),
                prepared.size(),
                prepared.width(),
                prepared.height(),
                thumbnail == null ? null : ids.next(),
                thumbnail == null ? null : thumbnail.type(),
                thumbnail == null ? null : thumbnail.bytes().length,
                now,
                now.plus(TRIAL));
    }

    /// From here on the sweep knows it, whatever becomes of its bytes.
    private void register(StoredFile file) {
        db.run(tx -> {
            store.lockQuota(tx, file.owner());
            long today = store.bytesSince(tx, file.owner(), file.createdAt().minus(QUOTA_SPAN));
            if (today + file.size() > quota) {
                throw Failure.of(Failure.Kind.RATE_LIMITED, "FILE_QUOTA_EXCEEDED", quota >> 20);
            }
            store.add(tx, file);
        });
    }

    private void put(StoredFile file, Prepared prepared) {
        try (InputStream bytes = prepared.open()) {
            blobs.put(whole(file), bytes, prepared.size());
            if (file.thumbnail() != null && prepared.thumbnail() != null) {
                byte[] small = prepared.thumbnail().bytes();
                blobs.put(file.thumbnail(), new ByteArrayInputStream(small), small.length);
            }
        } catch (IOException broken) {
            remove(file);
            throw Failure.storage(broken);
        } catch (RuntimeException refused) {
            remove(file);
            throw refused;
        }
    }

    private void settleOrWait(StoredFile file) {
        try {
            settle(file);
        } catch (RuntimeException later) {
            log.warn("file {} is asked after the next time", file.id(), later);
            db.run(tx -> store.askAt(tx, file, clock.instant().plus(TRIAL)));
        }
    }

    /// A keeper that does not run here cannot be asked, so what it keeps stays.
    private void settle(StoredFile file) {
        @Nullable Keeper keeper = keepers.get(file.keeper());
        if (keeper == null || keeper.keeps(file.place(), file.thing(), file.id())) {
            keep(file);
        } else {
            remove(file);
        }
    }

    /// First the bytes, then the row that finds them.
    private void remove(StoredFile file) {
        if (file.thumbnail() != null) {
            blobs.delete(file.thumbnail());
        }
        blobs.delete(whole(file));
        db.run(tx -> store.remove(tx, file.id()));
    }

    private static Id<Blob> whole(StoredFile file) {
        return new Id<>(file.id().value());
    }
}
