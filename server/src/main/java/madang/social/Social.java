package madang.social;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import madang.audit.Audit;
import madang.audit.AuditEntry;
import madang.identity.Agreed;
import madang.identity.Identity;
import madang.identity.SignedIn;
import madang.identity.UserWithdrew;
import madang.identity.Visitor;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Language;
import madang.kit.Secret;
import madang.kit.User;
import madang.kit.db.Db;
import madang.kit.db.Outbox;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// Coming in with an account at a provider: everything that others may ask of it.
public final class Social {
    private static final Duration ATTEMPT = Duration.ofMinutes(10);

    private final Db db;
    private final Map<Provider, SocialLogin> logins;
    private final AttemptStore attempts;
    private final LinkStore links;
    private final Arrivals arrivals;
    private final Grants grants;
    private final Goodbyes goodbyes;
    private final VendorNews news;
    private final Proofs proofs;
    private final Identity identity;
    private final Audit audit;
    private final InstantSource clock;

    Social(
            Db db,
            Map<Provider, SocialLogin> logins,
            AttemptStore attempts,
            LinkStore links,
            Arrivals arrivals,
            Grants grants,
            Goodbyes goodbyes,
            VendorNews news,
            Proofs proofs,
            Identity identity,
            Audit audit,
            InstantSource clock) {
        this.db = db;
        this.logins = logins;
        this.attempts = attempts;
        this.links = links;
        this.arrivals = arrivals;
        this.grants = grants;
        this.goodbyes = goodbyes;
        this.news = news;
        this.proofs = proofs;
        this.identity = identity;
        this.audit = audit;
        this.clock = clock;
    }

    /// The providers of this house.
    List<Provider> providers() {
        return logins.keySet().stream().sorted().toList();
    }

    /// Somebody wants to be sent to a provider. `browser` is what his browser shows of an earlier
    /// time, `goesTo` the page of ours where it ends, `linker` who wants the account added to his.
    record Wish(
            Provider provider,
            @Nullable String browser,
            boolean isProgram,
            String redirectUri,
            String goesTo,
            Caller.@Nullable Member linker,
            boolean withCalendar,
            Agreed agreed) {}

    /// Where he goes, and what he must show again when he is back.
    record Begun(String address, String state, String browser) {}

    /// Sends somebody to a provider: for 10 minutes, for one return, of the same browser.
    Begun begin(Wish wish) {
        SocialLogin login = login(wish.provider());
        String state = proofs.made();
        String browser =
                wish.browser() != null && Proofs.isOne(wish.browser())
                        ? wish.browser()
                        : proofs.made();
        Attempt attempt =
                new Attempt(
                        wish.redirectUri(),
                        wish.goesTo(),
                        wish.linker() == null ? null : wish.linker().user(),
                        wish.linker() == null ? null : wish.linker().session(),
                        wish.agreed().inAddress());
        db.run(tx ->
                attempts.add(
                        tx,
                        new AttemptStore.Knock(wish.provider(), state, browser, wish.isProgram()),
                        attempt,
                        clock.instant().plus(ATTEMPT)));
        String address =
                login.authorizationAddress(
                        new SocialLogin.Asking(
                                state,
                                proofs.nonce(state),
                                proofs.challenge(state),
                                wish.redirectUri(),
                                wish.withCalendar()));
        return new Begun(address, state, browser);
    }

    /// Somebody is back with a code, or with an empty one where it went wrong there. `isProgram`
    /// where nothing says that a browser sent this.
    record Return(
            Provider provider,
            String state,
            String code,
            boolean isDenied,
            @Nullable String browser,
            boolean isProgram) {}

    /// How it ended; whatever it was, `goesTo` is the page of ours that he set out for.
    sealed interface End {
        String goesTo();

        /// He is in.
        record In(String goesTo, SignedIn signedIn) implements End {}

        /// An account was added to the one that he is in.
        record Linked(String goesTo) implements End {}

        /// It was not: he is where he was, and is told there why.
        record NotLinked(String goesTo, Failure why) implements End {}
    }

    /// Lets in who is back from a provider, or adds his account there to his own. The state is
    /// spent by this, whatever comes of it; nothing is asked of the provider for one that is not
    /// good.
    End finish(Visitor visitor, Language language, Return back) {
        Attempt attempt = take(back);
        if (attempt.linker() != null) {
            return link(attempt.linker(), attempt, back);
        }
        Arrivals.Coming coming =
                new Arrivals.Coming(visitor, language, Agreed.parse(attempt.agreed()));
        return new End.In(
                attempt.goesTo(), arrivals.letIn(coming, back.provider(), redeem(attempt, back)));
    }

    private End link(Id<User> linker, Attempt attempt, Return back) {
        try {
            Arrival arrival = redeem(attempt, back);
            requireInside(attempt);
            arrivals.link(linker, back.provider(), arrival);
            return new End.Linked(attempt.goesTo());
        } catch (Failure why) {
            return new End.NotLinked(attempt.goesTo(), why);
        }
    }

    private Arrival redeem(Attempt attempt, Return back) {
        requireCode(back);
        return login(back.provider())
                .redeem(
                        new SocialLogin.Code(
                                back.code(),
                                back.state(),
                                attempt.redirectUri(),
                                proofs.nonce(back.state()),
                                proofs.verifier(back.state())));
    }

    /// Without a code he or the provider said no.
    private static void requireCode(Return back) {
        if (back.code().isEmpty()) {
            throw back.isDenied()
                    ? Failure.of(Failure.Kind.FORBIDDEN, "SOCIAL_SIGN_IN_DENIED")
                    : Failure.of(Failure.Kind.MALFORMED, "SOCIAL_CODE_REFUSED");
        }
    }

    /// Lets in whom the tokens prove that an app of ours got on a phone.
    SignedIn arrive(Arrivals.Coming coming, Provider provider, OidcLogin.NativeTokens tokens) {
        return arrivals.letIn(coming, provider, oidc(provider).arrival(tokens));
    }

    /// Who a code belongs to; nobody is let in and nothing is kept. For systems whose clients ask
    /// the provider themselves: whether the redirect address is one of theirs is theirs to check.
    public Person person(Provider provider, String code, String redirectUri) {
        return login(provider)
                .redeem(new SocialLogin.Code(code, "", redirectUri, null, null))
                .person();
    }

    List<Link> links(Caller caller) {
        return db.read(tx -> links.of(tx, caller.user()));
    }

    /// Ends a link: here at once, at the provider as soon as he can be reached. Never the last way
    /// in (`LAST_SIGN_IN_METHOD`).
    void unlink(Caller caller, Provider provider) {
        db.run(tx -> {
            Link link =
                    links.of(tx, caller.user()).stream()
                            .filter(one -> one.provider() == provider)
                            .findAny()
                            .orElseThrow(() -> Failure.notFound("LINK_NOT_FOUND"));
            goodbyes.add(tx, link.id());
            if (!links.remove(tx, link.id())) {
                throw Failure.notFound("LINK_NOT_FOUND");
            }
            identity.requireWayIn(tx, caller.user());
            audit.note(
                    tx,
                    AuditEntry.of(caller, "SOCIAL_UNLINKED", "user", caller.user())
                            .with("provider", provider.toString()));
        });
    }

    /// Somebody leaves us: his providers are told. His links stay for the days in which he may come
    /// back by them; one by which he has come back meanwhile is in use again.
    void leave(Outbox.Heard<UserWithdrew> heard) {
        db.run(tx -> {
            if (tx.processed("social.leave", heard)) {
                goodbyes.addAll(tx, heard.fact().user(), heard.fact().at());
            }
        });
    }

    /// What this user lets us do with his calendar at Google; nothing where he has no link there.
    public Optional<CalendarGrant> calendar(Id<User> user) {
        return grants.calendar(user);
    }

    /// A token that opens his calendar now, a new one where the old one is over or `isRefused`.
    /// `PROVIDER_TOKEN_INVALID` where Google has none to give any more. Asks Google: never inside a
    /// transaction.
    public Secret calendarToken(Id<User> user, boolean isRefused) {
        return grants.calendarToken(user, isRefused);
    }

    /// His calendar is ours no more, here at once and at Google as soon as he can be reached. He
    /// comes in by Google as before.
    public void endCalendar(Tx tx, Id<User> user) {
        grants.endCalendar(tx, user);
    }

    /// Takes note of what a provider has signed for us.
    void hear(Provider provider, String token) {
        news.hear(oidc(provider).event(token));
    }

    /// The provider says that somebody has disconnected his account from our app. Nothing happens
    /// where it is not the provider who says so.
    void linkIsOver(Provider provider, @Nullable String authorization, String subject) {
        SocialLogin login = login(provider);
        if (authorization != null && login.isProvenBy(authorization)) {
            news.linkIsOver(login.issuer(), subject);
        }
    }

    /// Tells providers of ended links, as far as they can be reached.
    void sayGoodbyes() {
        goodbyes.sayDue();
    }

    void sweep() {
        db.run(tx -> attempts.forgetOld(tx, clock.instant()));
        news.forgetOld();
    }

    private Attempt take(Return back) {
        AttemptStore.Knock knock =
                new AttemptStore.Knock(
                        back.provider(), back.state(), back.browser(), back.isProgram());
        Optional<Attempt> attempt =
                Proofs.isOne(back.state())
                        ? db.tx(tx -> attempts.take(tx, knock, clock.instant()))
                        : Optional.empty();
        return attempt.orElseThrow(
                () -> Failure.of(Failure.Kind.MALFORMED, "SOCIAL_STATE_INVALID"));
    }

    /// Whoever was signed out meanwhile adds nothing any more.
    private void requireInside(Attempt attempt) {
        if (attempt.session() == null || identity.isOver(attempt.session())) {
            throw Failure.unauthenticated("AUTH_TOKEN_INVALID");
        }
    }

    private SocialLogin login(Provider provider) {
        @Nullable SocialLogin login = logins.get(provider);
        if (login == null) {
            throw Failure.notFound("PROVIDER_NOT_FOUND");
        }
        return login;
    }

    private OidcLogin oidc(Provider provider) {
        if (login(provider) instanceof OidcLogin login) {
            return login;
        }
        throw Failure.notFound("PROVIDER_NOT_FOUND");
    }
}
