package madang.passkeys;

import java.time.Instant;
import madang.identity.PersonalData;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Db;
import org.jspecify.annotations.Nullable;

/// Passkeys as the rights of people ask for them.
final class PasskeysData implements PersonalData {
    private final Db db;
    private final PasskeyStore store;
    private final Challenges challenges;

    PasskeysData(Db db, PasskeyStore store, Challenges challenges) {
        this.db = db;
        this.store = store;
        this.challenges = challenges;
    }

    /// A passkey without its key.
    record OwnPasskey(
            Id<Passkey> id,
            @Nullable String name,
            Instant createdAt,
            @Nullable Instant lastUsedAt) {
        static OwnPasskey of(Passkey passkey) {
            return new OwnPasskey(
                    passkey.id(), passkey.name(), passkey.createdAt(), passkey.lastUsedAt());
        }
    }

    @Override
    public String section() {
        return "passkeys";
    }

    @Override
    public void export(Id<User> user, Archive archive) {
        archive.put(
                "passkeys",
                db.read(tx -> store.of(tx, user)).stream().map(OwnPasskey::of).toList());
    }

    @Override
    public void erase(Id<User> user) {
        db.run(tx -> {
            store.removeAll(tx, user);
            challenges.removeAll(tx, user);
        });
    }
}
