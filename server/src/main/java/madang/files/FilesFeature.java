package madang.files;

import java.time.Duration;
import java.time.InstantSource;
import madang.identity.PersonalData;
import madang.kit.Ids;
import madang.kit.db.Db;
import madang.kit.feature.Feature;
import madang.kit.http.Uploads;
import madang.kit.jobs.Jobs;
import madang.port.BlobStore;

/// Builds files and hangs up their jobs. They have no routes of their own: what keeps a file knows
/// who may see it.
public final class FilesFeature implements Feature {
    private final Uploads uploads;
    private final Workshop workshop = new Workshop();
    private final Files files;

    public FilesFeature(
            FilesSettings settings,
            Db db,
            BlobStore blobs,
            Uploads uploads,
            InstantSource clock,
            Ids ids) {
        this.uploads = uploads;
        files = new Files(db, new FileStore(), blobs, workshop, settings.quotaBytes(), clock, ids);
    }

    public Files files() {
        return files;
    }

    /// For who gives people their data or erases it.
    public PersonalData data() {
        return new FilesData(files);
    }

    public Uploads uploads() {
        return uploads;
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.every(Duration.ofMinutes(1), "files-sweep", files::sweep);
        jobs.every(Duration.ofHours(1), "uploads-sweep", uploads::sweep);
    }

    @Override
    public void stop() {
        workshop.close();
    }
}
