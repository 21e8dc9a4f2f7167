package madang.social;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import madang.audit.Audit;
import madang.audit.AuditEntry;
import madang.identity.Agreed;
import madang.identity.Identity;
import madang.identity.LoginName;
import madang.identity.Newcomer;
import madang.identity.SignedIn;
import madang.identity.Visitor;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Ids;
import madang.kit.Language;
import madang.kit.User;
import madang.kit.db.Db;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// Lets in whom a provider has let through: to the account that is linked with him, else to the one
/// whose e-mail address both sides have seen proved, else to a new one.
final class Arrivals {
    private static final ZoneId KOREA = ZoneId.of("Asia/Seoul");

    private final Db db;
    private final LinkStore links;
    private final Goodbyes goodbyes;
    private final Seals seals;
    private final Identity identity;
    private final Audit audit;
    private final Ids ids;
    private final InstantSource clock;

    Arrivals(
            Db db,
            LinkStore links,
            Goodbyes goodbyes,
            Seals seals,
            Identity identity,
            Audit audit,
            Ids ids,
            InstantSource clock) {
        this.db = db;
        this.links = links;
        this.goodbyes = goodbyes;
        this.seals = seals;
        this.identity = identity;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /// Who comes; the language that he speaks and what he agrees to count where he is new.
    record Coming(Visitor visitor, Language language, Agreed agreed) {}

    SignedIn letIn(Coming coming, Provider provider, Arrival arrival) {
        return db.tx(tx -> {
            links.lock(tx, arrival.person());
            Optional<Link> known = known(tx, arrival.person());
            Id<User> user =
                    known.isPresent()
                            ? known.get().user()
                            : firstTime(tx, coming, provider, arrival);
            known.ifPresent(link -> renew(tx, link, arrival));
            goodbyes.cancel(tx, arrival.person());
            return identity.admit(tx, coming.visitor(), user, provider.method());
        });
    }

    /// Adds the account to one of ours, so that its user comes in by either. Again: no change.
    void link(Id<User> user, Provider provider, Arrival arrival) {
        db.run(tx -> {
            links.lock(tx, arrival.person());
            Optional<Link> known = known(tx, arrival.person());
            if (known.isEmpty()) {
                requireAge(arrival.person());
                add(tx, user, provider, arrival);
            } else if (known.get().user().equals(user)) {
                renew(tx, known.get(), arrival);
            } else {
                throw Failure.conflict("LINKED_TO_ANOTHER_ACCOUNT");
            }
            goodbyes.cancel(tx, arrival.person());
        });
    }

    private Optional<Link> known(Tx tx, Person person) {
        return links.of(tx, person.issuer(), person.subject());
    }

    private void renew(Tx tx, Link link, Arrival arrival) {
        links.save(
                tx, link.again(arrival, clock.instant()), seals.seal(link.id(), arrival.grant()));
        tell(tx, link.user(), arrival.grant());
    }

    private Id<User> firstTime(Tx tx, Coming coming, Provider provider, Arrival arrival) {
        Person person = arrival.person();
        requireAge(person);
        Id<User> user =
                provenHolder(tx, person, provider)
                        .orElseGet(() -> identity.create(tx, newcomer(person, coming)));
        add(tx, user, provider, arrival);
        return user;
    }

    /// Who proved here that the person's e-mail address is his. If the provider has seen no proof,
    /// anybody could have written that address down there: such a person gets neither the account
    /// nor a second one that its owner knows nothing of, but is told to sign in and link.
    private Optional<Id<User>> provenHolder(Tx tx, Person person, Provider provider) {
        @Nullable LoginName email = person.email() == null ? null : LoginName.email(person.email());
        Optional<Id<User>> holder =
                email == null ? Optional.empty() : identity.holderOfVerified(tx, email);
        if (holder.isPresent()
                && (!person.isEmailVerified() || links.isLinked(tx, holder.get(), provider))) {
            throw Failure.conflict("EMAIL_IN_USE");
        }
        return holder;
    }

    private void add(Tx tx, Id<User> user, Provider provider, Arrival arrival) {
        Link link = Link.between(ids.next(), user, provider, arrival, clock.instant());
        links.add(tx, link, seals.seal(link.id(), arrival.grant()));
        tell(tx, user, arrival.grant());
        audit.note(
                tx,
                AuditEntry.of(Caller.system("proved at a provider"), "SOCIAL_LINKED", "user", user)
                        .with("provider", provider.toString()));
    }

    private static void tell(Tx tx, Id<User> user, Grant grant) {
        if (grant.opensCalendar()) {
            tx.publish(new CalendarAllowed(user));
        }
    }

    private void requireAge(Person person) {
        if (person.birth().isUnder14(LocalDate.ofInstant(clock.instant(), KOREA))) {
            throw Failure.of(Failure.Kind.FORBIDDEN, "UNDER_AGE");
        }
    }

    private static Newcomer newcomer(Person person, Coming coming) {
        return new Newcomer(
                person.nickname(),
                person.email(),
                person.isEmailVerified(),
                null,
                false,
                person.pictureUrl(),
                coming.language(),
                coming.agreed());
    }
}
