package madang.passkeys;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import madang.audit.Audit;
import madang.identity.Identity;
import madang.identity.PersonalData;
import madang.identity.SignInAnswer;
import madang.kit.Ids;
import madang.kit.db.Db;
import madang.kit.feature.Feature;
import madang.kit.http.Routes;
import madang.kit.jobs.Jobs;
import madang.kit.json.Json;
import org.jspecify.annotations.Nullable;

/// Builds passkeys and hangs them where they belong.
public final class PasskeysFeature implements Feature {
    private static final Duration SWEEP = Duration.ofHours(1);

    private final Challenges challenges;
    private final Passkeys passkeys;
    private final PasskeyApi api;
    private final PersonalData data;

    /// @param isHostBelieved whether passkeys are made for whatever name clients call us by, where
    ///   `publicUrl` is not set
    public PasskeysFeature(
            String appName,
            @Nullable URI publicUrl,
            boolean isHostBelieved,
            Db db,
            Identity identity,
            Audit audit,
            SignInAnswer answers,
            Json json,
            Ids ids,
            InstantSource clock) {
        challenges = new Challenges(db, clock);
        PasskeyStore store = new PasskeyStore();
        data = new PasskeysData(db, store, challenges);
        passkeys =
                new Passkeys(
                        db, store, challenges, new Ceremonies(json), identity, audit, ids, clock);
        identity.opensBy(passkeys);
        api =
                new PasskeyApi(
                        passkeys,
                        new RelyingParty.Address(appName, publicUrl, isHostBelieved),
                        answers);
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
        jobs.every(SWEEP, "passkeys-sweep", challenges::sweep);
    }
}
