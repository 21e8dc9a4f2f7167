package madang.kit;

import org.jspecify.annotations.Nullable;

/// Who is asking: the first argument of every method of a feature's API, so that nobody can forget
/// to ask who it is. Not being allowed to see a thing equals its not existing.
public sealed interface Caller {

    /// The language of the answer.
    Language language();

    /// The user who asks. A stranger gets 401; the house itself has no user, asking it is a bug.
    Id<User> user();

    default boolean isAdmin() {
        return false;
    }

    /// A signed-in user on one device.
    record Member(Id<User> user, Id<Session> session, Role role, Language language)
            implements Caller {
        @Override
        public boolean isAdmin() {
            return role.isAdmin();
        }
    }

    /// A user who is not here, in whose name something acts that he has set going, such as his
    /// calendar elsewhere. May do what he may do, and nothing as an administrator.
    record Away(Id<User> user, Language language, String by) implements Caller {}

    /// Somebody who has not signed in.
    record Stranger(Language language) implements Caller {
        @Override
        public Id<User> user() {
            throw Failure.unauthenticated("AUTH_TOKEN_MISSING");
        }
    }

    /// The house itself, for jobs and listeners: may do everything, and says why it acts.
    record House(String reason) implements Caller {
        @Override
        public Language language() {
            return Language.KO;
        }

        @Override
        public Id<User> user() {
            throw new IllegalStateException("the house has no user: " + reason);
        }

        @Override
        public boolean isAdmin() {
            return true;
        }
    }

    /// The house, acting by the word of a user who is not asking himself: a calendar that he
    /// connected, a page on which somebody books him.
    record Proxy(Id<User> user, String reason) implements Caller {
        @Override
        public Language language() {
            return Language.KO;
        }
    }

    static Caller onBehalfOf(Id<User> user, String reason) {
        return new Proxy(user, reason);
    }

    static Caller system(String reason) {
        return new House(reason);
    }

    static Caller stranger(@Nullable Language language) {
        return new Stranger(language == null ? Language.KO : language);
    }
}
