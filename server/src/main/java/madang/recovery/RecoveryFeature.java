package madang.recovery;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import madang.identity.Identity;
import madang.identity.PersonalData;
import madang.identity.SignInAnswer;
import madang.kit.Ids;
import madang.kit.Texts;
import madang.kit.Vault;
import madang.kit.db.Db;
import madang.kit.db.Outbox;
import madang.kit.feature.Feature;
import madang.kit.http.Limits;
import madang.kit.http.Routes;
import madang.kit.jobs.Jobs;
import madang.port.Mailer;
import madang.port.SmsSender;
import org.jspecify.annotations.Nullable;

/// Builds recovery's parts and hangs them where they belong.
public final class RecoveryFeature implements Feature {
    private static final Duration SWEEP = Duration.ofMinutes(10);

    /// What recovery is built of. `mailer` and `sms` are absent in a house that has no way for
    /// them.
    public record Needs(
            Db db,
            Identity identity,
            SignInAnswer signInAnswer,
            Vault vault,
            Limits limits,
            Texts texts,
            String appName,
            Supplier<String> publicAddress,
            @Nullable Mailer mailer,
            @Nullable SmsSender sms,
            Ids ids,
            InstantSource clock) {}

    private final Db db;
    private final Links links;
    private final PhoneCodes codes;
    private final Letters letters;
    private final Notices notices;
    private final RecoveryApi api;
    private final Reminding reminding;
    private final RecoveryData data;

    public RecoveryFeature(RecoverySettings settings, Needs needs) {
        db = needs.db();
        LinkStore linkStore = new LinkStore();
        PhoneCodeStore codeStore = new PhoneCodeStore();
        LetterStore letterStore = new LetterStore();
        links = new Links(db, linkStore, needs.clock());
        codes =
                new PhoneCodes(
                        codeStore, needs.vault(), settings.smsADay(), needs.ids(), needs.clock());
        letters =
                new Letters(
                        db,
                        letterStore,
                        needs.identity(),
                        links,
                        codes,
                        new Wording(needs.texts(), needs.appName(), needs.publicAddress()),
                        needs.limits(),
                        needs.mailer(),
                        needs.sms(),
                        needs.ids(),
                        needs.clock());
        Recovery recovery = new Recovery(db, needs.identity(), letters, links, codes);
        notices = new Notices(db, letters);
        reminding = new Reminding(letters);
        api = new RecoveryApi(recovery, needs.signInAnswer());
        data = new RecoveryData(db, needs.identity(), letterStore, linkStore, codeStore);
    }

    @Override
    public void routes(Routes routes) {
        api.routes(routes);
    }

    @Override
    public void listeners(Outbox outbox) {
        notices.listen(outbox);
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.every(SWEEP, "recovery-sweep", this::sweep);
    }

    /// After the migrations; letters leave from then on.
    @Override
    public void start() {
        letters.start();
    }

    @Override
    public void stop() {
        letters.stop();
    }

    public Reminding reminding() {
        return reminding;
    }

    public PersonalData data() {
        return data;
    }

    void sweep() {
        links.sweep();
        db.run(codes::sweep);
    }
}
