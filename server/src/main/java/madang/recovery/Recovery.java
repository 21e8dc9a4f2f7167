package madang.recovery;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import madang.identity.Agreed;
import madang.identity.HashedPassword;
import madang.identity.Identity;
import madang.identity.LoginName;
import madang.identity.Me;
import madang.identity.Newcomer;
import madang.identity.SignInMethod;
import madang.identity.SignedIn;
import madang.identity.Visitor;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Language;
import madang.kit.Secret;
import madang.kit.Text;
import madang.kit.User;
import madang.kit.db.Db;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// What a person can do who has nothing but his mailbox or his phone. Whoever asks for a letter is
/// told the same, after the same time, whether or not we know the address.
public final class Recovery {
    private final Db db;
    private final Identity identity;
    private final Letters letters;
    private final Links links;
    private final PhoneCodes codes;

    Recovery(Db db, Identity identity, Letters letters, Links links, PhoneCodes codes) {
        this.db = db;
        this.identity = identity;
        this.letters = letters;
        this.links = links;
        this.codes = codes;
    }

    /// Somebody came in by a proof; `isNew` where it made his account.
    public record Entered(SignedIn signedIn, boolean isNew) {}

    /// A code is on its way to a phone.
    public record CodeSent(Id<?> verificationId, Instant expiresAt) {}

    /// Mails a link by which a forgotten password is replaced, if somebody has this address.
    public void forgotPassword(Caller caller, String email) {
        letters.mail(LetterKind.RESET_PASSWORD, address(email), caller.language());
    }

    /// Replaces a password by such a link, and ends every session. The link proves the address too.
    public void resetPassword(String token, Secret password) {
        links.requireGood(LinkKind.RESET_PASSWORD, token);
        HashedPassword hashed = identity.hashed(password);
        db.run(tx -> {
            Link link = links.take(tx, LinkKind.RESET_PASSWORD, token);
            @Nullable Id<User> user = link.userId();
            if (user == null
                    || !identity.resettableBy(tx, link.email()).equals(Optional.of(user))) {
                throw Links.invalid();
            }
            identity.confirmEmail(tx, user, link.email());
            identity.resetPassword(tx, user, hashed);
        });
    }

    /// Mails a link to an address that a user says is his; the address is his when he follows it.
    public void changeEmail(Caller.Member caller, String email, @Nullable Secret password) {
        LoginName address = address(email);
        if (!address.equals(ownAddress(caller))) {
            identity.requireFresh(caller, password);
        }
        letters.mail(LetterKind.VERIFY_EMAIL, address, caller.language(), caller.user());
    }

    /// The address is his whom the link was made for. The address that he proved before is told, so
    /// that an owner hears of it who did not do it himself.
    public void verifyEmail(String token) {
        db.run(tx -> {
            Link link = links.take(tx, LinkKind.VERIFY_EMAIL, token);
            Me before =
                    Optional.ofNullable(link.userId())
                            .flatMap(identity::account)
                            .orElseThrow(Links::invalid);
            identity.confirmEmail(tx, before.id(), link.email());
            letters.tellFormerAddress(tx, before, link.email());
        });
    }

    /// Mails a link that signs its reader in; whoever has no account gets one by it.
    public void askMagicLink(Caller caller, String email) {
        letters.mail(LetterKind.MAGIC_LINK, address(email), caller.language());
    }

    /// Who comes; the language that he speaks, what he calls himself and what he agrees to count
    /// where he is new.
    public record Coming(
            Visitor visitor, Language language, @Nullable String nickname, Agreed agreed) {}

    public Entered useMagicLink(Coming coming, String token) {
        return db.tx(tx -> {
            Link link = links.take(tx, LinkKind.MAGIC_LINK, token);
            Newcomer newcomer =
                    new Newcomer(
                            coming.nickname(),
                            link.email(),
                            true,
                            null,
                            false,
                            null,
                            coming.language(),
                            coming.agreed());
            return enter(
                    tx, coming.visitor(), address(link.email()), newcomer, SignInMethod.MAGIC_LINK);
        });
    }

    /// Sends a code to a phone, by which its owner signs in or up.
    public CodeSent sendCode(Caller caller, String phone) {
        return send(caller.language(), number(phone), null);
    }

    /// Sends a code to a phone that a user says is his.
    public CodeSent changePhone(Caller.Member caller, String phone, @Nullable Secret password) {
        identity.requireFresh(caller, password);
        return send(caller.language(), number(phone), caller.user());
    }

    public Entered enterByCode(Coming coming, @Nullable Id<PhoneCode> verification, String digits) {
        return tried(
                verification,
                null,
                digits,
                (tx, phone) -> {
                    Newcomer newcomer =
                            new Newcomer(
                                    coming.nickname(),
                                    null,
                                    false,
                                    phone,
                                    true,
                                    null,
                                    coming.language(),
                                    coming.agreed());
                    return enter(
                            tx, coming.visitor(), number(phone), newcomer, SignInMethod.PHONE_CODE);
                });
    }

    /// The number is the caller's from now on.
    public Me confirmPhone(
            Caller.Member caller, @Nullable Id<PhoneCode> verification, String digits) {
        tried(
                verification,
                caller.user(),
                digits,
                (tx, phone) -> {
                    identity.confirmPhone(tx, caller.user(), phone);
                    return true;
                });
        return identity.me(caller);
    }

    private interface Use<T> {
        T of(Tx tx, String phone);
    }

    private sealed interface Outcome<T> {
        record Done<T>(T what) implements Outcome<T> {}

        record Refused<T>(String code) implements Outcome<T> {}
    }

    /// Uses a code where it is right. What refuses it is thrown after the commit, because a wrong
    /// try must stay counted.
    private <T> T tried(
            @Nullable Id<PhoneCode> verification,
            @Nullable Id<User> user,
            String digits,
            Use<T> use) {
        Function<Tx, Outcome<T>> step =
                tx ->
                        verification == null
                                ? new Outcome.Refused<>("AUTH_PHONE_CODE_EXPIRED")
                                : switch (codes.tried(tx, verification, user, digits)) {
                                    case PhoneCodes.Tried.Right(String phone) ->
                                            new Outcome.Done<>(use.of(tx, phone));
                                    case PhoneCodes.Tried.Wrong _ ->
                                            new Outcome.Refused<>("AUTH_PHONE_VERIFICATION_FAILED");
                                    case PhoneCodes.Tried.Over _ ->
                                            new Outcome.Refused<>("AUTH_PHONE_CODE_EXPIRED");
                                };
        return switch (db.tx(step)) {
            case Outcome.Done<T>(T what) -> what;
            case Outcome.Refused<T>(String code) -> throw Failure.of(Failure.Kind.MALFORMED, code);
        };
    }

    private CodeSent send(Language language, LoginName phone, @Nullable Id<User> user) {
        letters.requireSms();
        return db.tx(tx -> {
            PhoneCode code = codes.make(tx, phone.key(), user);
            letters.text(tx, code, language);
            return new CodeSent(code.id(), code.expiresAt());
        });
    }

    private Entered enter(
            Tx tx, Visitor visitor, LoginName proved, Newcomer newcomer, SignInMethod method) {
        Optional<Id<User>> holder = identity.holderOfVerified(tx, proved);
        Id<User> user = holder.orElseGet(() -> identity.create(tx, newcomer));
        return new Entered(identity.admit(tx, visitor, user, method), holder.isEmpty());
    }

    private @Nullable LoginName ownAddress(Caller.Member caller) {
        @Nullable String email = identity.me(caller).email();
        return email == null ? null : LoginName.email(email);
    }

    private static LoginName address(String email) {
        return required(LoginName.email(email), "email");
    }

    private static LoginName number(String phone) {
        return required(LoginName.phone(phone), "phone");
    }

    private static LoginName required(@Nullable LoginName name, String field) {
        if (name == null) {
            throw Failure.invalid(Map.of(field, Text.of("invalid." + field)));
        }
        return name;
    }
}
