package madang.social;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import madang.audit.Audit;
import madang.identity.IdentityFeature;
import madang.identity.PersonalData;
import madang.identity.UserWithdrew;
import madang.kit.Ids;
import madang.kit.Vault;
import madang.kit.db.Db;
import madang.kit.db.Outbox;
import madang.kit.feature.Feature;
import madang.kit.http.Routes;
import madang.kit.jobs.Jobs;
import madang.kit.json.Json;
import org.jspecify.annotations.Nullable;

/// Builds the parts of social sign-in and hangs them where they belong.
public final class SocialFeature implements Feature {
    private static final Duration OFTEN = Duration.ofMinutes(1);

    private final Social social;
    private final SocialApi api;
    private final VendorApi vendorApi;
    private final SocialData data;

    /// What it needs of the house. Redirect addresses are those that the settings name.
    public record Needs(
            Db db,
            IdentityFeature identity,
            Audit audit,
            Vault vault,
            Map<Provider, URI> redirectUris,
            @Nullable URI publicUrl,
            Json json,
            Ids ids,
            InstantSource clock) {}

    public SocialFeature(Collection<SocialLogin> vendors, Needs needs) {
        Map<Provider, SocialLogin> logins = new EnumMap<>(Provider.class);
        vendors.forEach(vendor -> logins.put(vendor.provider(), vendor));
        Db db = needs.db();
        LinkStore links = new LinkStore();
        GoodbyeStore goodbyeStore = new GoodbyeStore();
        Seals seals = new Seals(needs.vault());
        Goodbyes goodbyes = new Goodbyes(db, goodbyeStore, seals, logins, needs.clock());
        social =
                new Social(
                        db,
                        logins,
                        new AttemptStore(),
                        links,
                        new Arrivals(
                                db,
                                links,
                                goodbyes,
                                seals,
                                needs.identity().identity(),
                                needs.audit(),
                                needs.ids(),
                                needs.clock()),
                        new Grants(db, links, seals, logins, goodbyes, needs.clock()),
                        goodbyes,
                        new VendorNews(
                                db,
                                new EventStore(),
                                links,
                                needs.identity().identity(),
                                needs.audit(),
                                needs.clock()),
                        new Proofs(needs.vault().derive("social.state")),
                        needs.identity().identity(),
                        needs.audit(),
                        needs.clock());
        api =
                new SocialApi(
                        social,
                        needs.identity().signInAnswer(),
                        needs.redirectUris(),
                        needs.publicUrl());
        vendorApi = new VendorApi(social, needs.json());
        data = new SocialData(db, links, goodbyeStore, goodbyes);
        needs.identity().identity().opensBy(links::isLinked);
    }

    public Social social() {
        return social;
    }

    public PersonalData data() {
        return data;
    }

    @Override
    public void routes(Routes routes) {
        api.routes(routes);
        vendorApi.routes(routes);
    }

    @Override
    public void listeners(Outbox outbox) {
        outbox.listen("social.leave", UserWithdrew.class, social::leave);
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.every(OFTEN, "social-sweep", social::sweep);
        jobs.every(OFTEN, "social-goodbyes", social::sayGoodbyes);
    }
}
