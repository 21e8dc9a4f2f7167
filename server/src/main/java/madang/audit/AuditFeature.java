package madang.audit;

import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalTime;
import madang.kit.Ids;
import madang.kit.db.Db;
import madang.kit.feature.Feature;
import madang.kit.http.Routes;
import madang.kit.jobs.Jobs;
import madang.kit.json.Json;

/// Builds the log and hangs its routes and jobs.
public final class AuditFeature implements Feature {
    private static final Duration LATE = Duration.ofMinutes(1);

    private final Audit audit;
    private final Json json;

    public AuditFeature(Db db, Json json, Ids ids, InstantSource clock) {
        this.json = json;
        audit = new Audit(db, new AuditStore(), json, ids, clock);
    }

    public Audit audit() {
        return audit;
    }

    @Override
    public void routes(Routes routes) {
        new AuditApi(audit, json).routes(routes);
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.every(LATE, "audit-seal", audit::seal);
        jobs.daily(LocalTime.of(4, 40), "audit-turn", audit::turn);
    }
}
