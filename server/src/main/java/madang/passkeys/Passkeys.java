package madang.passkeys;

import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.util.exception.WebAuthnException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import madang.audit.Audit;
import madang.audit.AuditEntry;
import madang.identity.Identity;
import madang.identity.SignInMethod;
import madang.identity.SignedIn;
import madang.identity.UserView;
import madang.identity.Visitor;
import madang.identity.WayIn;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Ids;
import madang.kit.Secret;
import madang.kit.User;
import madang.kit.db.Db;
import madang.kit.db.Tx;
import madang.passkeys.Challenges.Ceremony;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything that can be done with passkeys: adding, naming, removing, coming in by one.
public final class Passkeys implements WayIn {
    private static final Logger log = LoggerFactory.getLogger(Passkeys.class);

    private final Db db;
    private final PasskeyStore store;
    private final Challenges challenges;
    private final Ceremonies ceremonies;
    private final Identity identity;
    private final Audit audit;
    private final Ids ids;
    private final InstantSource clock;

    Passkeys(
            Db db,
            PasskeyStore store,
            Challenges challenges,
            Ceremonies ceremonies,
            Identity identity,
            Audit audit,
            Ids ids,
            InstantSource clock) {
        this.db = db;
        this.store = store;
        this.challenges = challenges;
        this.ceremonies = ceremonies;
        this.identity = identity;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /// What a device is asked for a new passkey of the caller's: something to sign, and which
    /// credentials it must not hold already. Who stole a session cannot make it a key of his own.
    record Invitation(UserView user, byte[] challenge, List<Passkey> known) {}

    Invitation invite(Caller.Member caller, InvitePasskey command) {
        UserView user = person(caller.user());
        identity.requireFresh(
                caller, command.password() == null ? null : new Secret(command.password()));
        List<Passkey> known = of(caller);
        requireRoom(known);
        return new Invitation(user, challenges.make(Ceremony.REGISTER, caller.user()), known);
    }

    /// Keeps a new passkey, if the caller's device made it, just now, for us.
    Passkey add(Caller caller, RelyingParty us, AddPasskey command) {
        RegistrationData answer = ceremonies.readRegistration(command.credential());
        spend(
                Ceremonies.challenge(answer.getCollectedClientData()),
                Ceremony.REGISTER,
                caller.user());
        Ceremonies.NewKey key =
                checked(() -> ceremonies.verified(answer, us), Failure.Kind.INVALID);
        return db.tx(tx -> {
            store.lock(tx, caller.user());
            requireRoom(store.of(tx, caller.user()));
            Passkey passkey = passkey(caller.user(), key, command.name());
            store.add(tx, passkey);
            audit.note(tx, AuditEntry.of(caller, "PASSKEY_ADDED", "passkey", passkey.id()));
            return passkey;
        });
    }

    List<Passkey> of(Caller caller) {
        return db.read(tx -> store.of(tx, caller.user()));
    }

    Passkey rename(Caller caller, Id<Passkey> id, RenamePasskey command) {
        return db.tx(tx -> store.rename(tx, caller.user(), id, command.name()))
                .orElseThrow(Passkeys::notFound);
    }

    /// Forgets a passkey, unless its owner could not come in without it.
    void remove(Caller caller, Id<Passkey> id) {
        db.run(tx -> {
            if (!store.remove(tx, caller.user(), id)) {
                throw notFound();
            }
            identity.requireWayIn(tx, caller.user());
            audit.note(tx, AuditEntry.of(caller, "PASSKEY_REMOVED", "passkey", id));
        });
    }

    /// Something to sign for whoever wants to come in.
    byte[] challenge() {
        return challenges.make(Ceremony.SIGN_IN, null);
    }

    /// Lets in whoever holds the key; the key itself says whose it is.
    SignedIn signIn(Visitor visitor, RelyingParty us, UsePasskey command) {
        AuthenticationData answer = ceremonies.readSignIn(command.credential());
        spend(Ceremonies.challenge(answer.getCollectedClientData()), Ceremony.SIGN_IN, null);
        return db.tx(tx -> {
            Passkey passkey =
                    store.lock(tx, Ceremonies.credentialId(answer))
                            .orElseThrow(() -> Failure.unauthenticated("PASSKEY_UNKNOWN"));
            Ceremonies.Signed signed =
                    checked(
                            () -> ceremonies.verified(answer, passkey, us),
                            Failure.Kind.UNAUTHENTICATED);
            requireOwner(passkey, Ceremonies.userHandle(answer));
            store.used(tx, passkey.id(), signed.signCount(), signed.isBackedUp(), clock.instant());
            return identity.admit(tx, visitor, passkey.user(), SignInMethod.PASSKEY);
        });
    }

    @Override
    public boolean isOpenTo(Tx tx, Id<User> user) {
        return store.hasOne(tx, user);
    }

    /// The model of its authenticator; all zero where it does not say.
    UUID model(Passkey passkey) {
        return ceremonies.model(passkey);
    }

    /// By which an authenticator knows a user: his id, 16 bytes.
    static byte[] handle(Id<User> user) {
        UUID id = user.value();
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    private Passkey passkey(Id<User> user, Ceremonies.NewKey key, @Nullable String name) {
        return new Passkey(
                ids.next(),
                user,
                key.credentialId(),
                key.attested(),
                key.signCount(),
                key.isBackupEligible(),
                key.isBackedUp(),
                key.transports(),
                name,
                clock.instant(),
                null);
    }

    private void spend(byte[] challenge, Ceremony ceremony, @Nullable Id<User> user) {
        if (!challenges.spend(challenge, ceremony, user)) {
            throw Failure.conflict("PASSKEY_CHALLENGE_SPENT");
        }
    }

    /// What does not fit is told to nobody in detail, but an operator may want to know of a key
    /// that exists twice.
    private static <T> T checked(Supplier<T> check, Failure.Kind otherwise) {
        try {
            return check.get();
        } catch (WebAuthnException refused) {
            log.info("a passkey was refused: {}", refused.getClass().getSimpleName());
            throw Failure.of(otherwise, "PASSKEY_REFUSED");
        }
    }

    private static void requireOwner(Passkey passkey, byte @Nullable [] handle) {
        if (!Arrays.equals(handle, handle(passkey.user()))) {
            throw Failure.unauthenticated("PASSKEY_REFUSED");
        }
    }

    private static void requireRoom(List<Passkey> known) {
        if (known.size() >= Passkey.MOST) {
            throw Failure.conflict("PASSKEY_LIMIT", Passkey.MOST);
        }
    }

    /// Somebody of flesh and blood: a bot has its token.
    private UserView person(Id<User> id) {
        @Nullable UserView user = identity.people(List.of(id)).get(id);
        if (user == null || user.isBot()) {
            throw Failure.forbidden();
        }
        return user;
    }

    private static Failure notFound() {
        return Failure.notFound("PASSKEY_NOT_FOUND");
    }
}
