package madang.rights;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalTime;
import java.util.function.Consumer;
import madang.audit.Audit;
import madang.identity.Identity;
import madang.identity.PersonalData;
import madang.identity.WithdrawalUndone;
import madang.kit.Id;
import madang.kit.Ids;
import madang.kit.Texts;
import madang.kit.User;
import madang.kit.db.Db;
import madang.kit.db.Outbox;
import madang.kit.feature.Feature;
import madang.kit.http.Routes;
import madang.kit.jobs.Jobs;
import madang.kit.json.Json;
import madang.port.BlobStore;

/// Builds consents, exports and erasure, and hangs them where they belong.
public final class RightsFeature implements Feature {
    private static final Duration ROUND = Duration.ofMinutes(1);

    private final Consents consents;
    private final Rights rights;
    private final RightsApi api;

    /// `workshop` is a folder of this node in which exports grow.
    public RightsFeature(
            RightsSettings settings,
            Db db,
            Identity identity,
            BlobStore blobs,
            Path workshop,
            Audit audit,
            Texts texts,
            Json json,
            Ids ids,
            InstantSource clock) {
        consents =
                new Consents(db, new ConsentStore(), settings.signUpConsent(), audit, ids, clock);
        identity.agreesBy(consents::agree);
        rights =
                new Rights(
                        db,
                        new RightsStore(),
                        consents,
                        identity,
                        blobs,
                        workshop,
                        settings,
                        audit,
                        json,
                        ids,
                        clock);
        api = new RightsApi(rights, consents, texts);
        holds(rights.own());
    }

    public Consents consents() {
        return consents;
    }

    public Rights rights() {
        return rights;
    }

    /// Registers what a feature keeps of people. Erased in this order; identity comes last.
    public void holds(PersonalData data) {
        rights.holds(data);
    }

    /// The same of what is erased and nothing to take away.
    public void forgets(String section, Consumer<Id<User>> erase) {
        holds(
                new PersonalData() {
                    @Override
                    public String section() {
                        return section;
                    }

                    @Override
                    public void export(Id<User> user, Archive archive) {
                        // it tells nothing that stands nowhere else
                    }

                    @Override
                    public void erase(Id<User> user) {
                        erase.accept(user);
                    }
                });
    }

    @Override
    public void routes(Routes routes) {
        api.routes(routes);
    }

    @Override
    public void listeners(Outbox outbox) {
        outbox.listen(
                "rights.undone",
                WithdrawalUndone.class,
                heard -> rights.undone(heard.fact().user()));
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.every(ROUND, "rights-erasure", rights::eraseGone);
        jobs.every(ROUND, "rights-exports", rights::makeExports);
        jobs.every(Duration.ofHours(1), "rights-exports-sweep", rights::sweepExports);
        jobs.daily(LocalTime.of(4, 50), "rights-consents", rights::forgetOldConsents);
    }
}
