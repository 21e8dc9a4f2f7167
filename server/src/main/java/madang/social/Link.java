package madang.social;

import java.time.Instant;
import java.util.List;
import madang.kit.Id;
import madang.kit.User;
import org.jspecify.annotations.Nullable;

/// An account at a provider by which a user comes in. Its tokens stay in the store.
record Link(
        Id<Link> id,
        Id<User> user,
        Provider provider,
        String issuer,
        String subject,
        @Nullable String nickname,
        @Nullable String email,
        boolean isEmailVerified,
        List<String> scopes,
        Instant linkedAt,
        Instant lastUsedAt) {

    static Link between(
            Id<Link> id, Id<User> user, Provider provider, Arrival arrival, Instant now) {
        Person person = arrival.person();
        return new Link(
                id,
                user,
                provider,
                person.issuer(),
                person.subject(),
                person.nickname(),
                person.email(),
                person.isEmailVerified(),
                arrival.grant().scopes(),
                now,
                now);
    }

    /// The same link when its person came again, maybe under another name.
    Link again(Arrival arrival, Instant now) {
        Person person = arrival.person();
        return new Link(
                id,
                user,
                provider,
                issuer,
                subject,
                person.nickname(),
                person.email(),
                person.isEmailVerified(),
                arrival.grant().scopes().isEmpty() ? scopes : arrival.grant().scopes(),
                linkedAt,
                now);
    }
}
