package madang.moderation;

import java.time.InstantSource;
import java.time.LocalTime;
import madang.identity.Identity;
import madang.identity.PersonalData;
import madang.kit.Ids;
import madang.kit.Vault;
import madang.kit.db.Db;
import madang.kit.feature.Feature;
import madang.kit.http.Routes;
import madang.kit.jobs.Jobs;
import madang.port.Bus;

/// Builds moderation's parts and hangs them where they belong.
public final class ModerationFeature implements Feature {
    private final Blocks blocks;
    private final Moderation moderation;
    private final ModerationApi api;
    private final PersonalData data;

    public ModerationFeature(
            Db db, Bus bus, Identity identity, Vault vault, Ids ids, InstantSource clock) {
        BlockStore blockStore = new BlockStore();
        blocks = new Blocks(db, blockStore, bus);
        ReportStore reports = new ReportStore();
        moderation = new Moderation(db, blockStore, blocks, reports, identity, vault, ids, clock);
        data = new ModerationData(db, blockStore, blocks, reports, moderation);
        api = new ModerationApi(moderation, identity);
    }

    public Moderation moderation() {
        return moderation;
    }

    /// For who gives people their data or erases it.
    public PersonalData data() {
        return data;
    }

    @Override
    public void routes(Routes routes) {
        api.routes(routes);
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.daily(LocalTime.of(4, 10), "moderation-sweep", moderation::forgetOldWords);
    }

    @Override
    public void start() {
        blocks.start();
    }

    @Override
    public void stop() {
        blocks.close();
    }
}
