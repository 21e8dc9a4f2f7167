package madang.identity;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Text;
import madang.kit.User;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// Whose an e-mail address or a phone number is: whoever typed it first has it, until somebody
/// proves that it is his. From then on it is nobody else's.
final class Names {
    private final NameStore names;

    Names(NameStore names) {
        this.names = names;
    }

    Optional<Id<User>> holderOfVerified(Tx tx, LoginName name) {
        return names.lockHolder(tx, name)
                .filter(NameStore.Holder::isVerified)
                .map(NameStore.Holder::user);
    }

    /// Which of his names the newcomer gets. One that is only said to be his and that somebody has
    /// already is left out; so is one that is no name.
    AccountStore.Names claimed(Tx tx, Newcomer newcomer) {
        return new AccountStore.Names(
                null,
                claimed(tx, newcomer.email(), LoginName::email, newcomer.isEmailVerified()),
                claimed(tx, newcomer.phone(), LoginName::phone, newcomer.isPhoneVerified()));
    }

    /// The user proved that the name is his. `USER_ALREADY_EXISTS` where another one did before.
    void confirm(Tx tx, Id<User> user, LoginName name) {
        Optional<NameStore.Holder> holder = names.lockHolder(tx, name);
        if (holder.isPresent() && !holder.get().user().equals(user)) {
            take(tx, name, holder.get());
        }
        names.confirm(tx, user, name);
    }

    private @Nullable LoginName claimed(
            Tx tx,
            @Nullable String text,
            Function<String, @Nullable LoginName> form,
            boolean isVerified) {
        @Nullable LoginName name = text == null ? null : form.apply(text);
        Optional<NameStore.Holder> holder =
                name == null ? Optional.empty() : names.lockHolder(tx, name);
        if (name == null || holder.isEmpty()) {
            return name;
        }
        if (!isVerified) {
            return null;
        }
        take(tx, name, holder.get());
        return name;
    }

    private void take(Tx tx, LoginName name, NameStore.Holder holder) {
        if (holder.isVerified()) {
            throw taken(name);
        }
        names.release(tx, holder.user(), name.kind());
    }

    private static Failure taken(LoginName name) {
        return Failure.conflict("USER_ALREADY_EXISTS")
                .with(Map.of(name.kind().toString(), Text.of("invalid.taken")));
    }
}
