package madang.recovery;

import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import madang.identity.Identity;
import madang.identity.LoginName;
import madang.identity.Me;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Ids;
import madang.kit.Language;
import madang.kit.User;
import madang.kit.db.Db;
import madang.kit.db.Tx;
import madang.kit.http.Limit;
import madang.kit.http.Limits;
import madang.port.Mailer;
import madang.port.SmsSender;
import org.jspecify.annotations.Nullable;

/// Takes letters in, and brings them out when their turn comes: finds whom one is for, makes the
/// link that it carries, has it put into words, and hands it to the driver.
final class Letters {
    private final Db db;
    private final LetterStore store;
    private final Identity identity;
    private final Links links;
    private final PhoneCodes codes;
    private final Wording wording;
    private final Limits limits;
    private final @Nullable Mailer mailer;
    private final @Nullable SmsSender sms;
    private final Ids ids;
    private final InstantSource clock;
    private final Map<Channel, Postman> postmen;

    Letters(
            Db db,
            LetterStore store,
            Identity identity,
            Links links,
            PhoneCodes codes,
            Wording wording,
            Limits limits,
            @Nullable Mailer mailer,
            @Nullable SmsSender sms,
            Ids ids,
            InstantSource clock) {
        this.db = db;
        this.store = store;
        this.identity = identity;
        this.links = links;
        this.codes = codes;
        this.wording = wording;
        this.limits = limits;
        this.mailer = mailer;
        this.sms = sms;
        this.ids = ids;
        this.clock = clock;
        this.postmen =
                Map.of(
                        Channel.MAIL,
                        new Postman(Channel.MAIL, db, store, this::bring, clock),
                        Channel.SMS,
                        new Postman(Channel.SMS, db, store, this::bring, clock));
    }

    void start() {
        postmen.values().forEach(Postman::start);
    }

    void stop() {
        postmen.values().forEach(Postman::close);
    }

    /// Notes that somebody wants a letter sent to an address, which may be anybody's. So many go to
    /// one mailbox, whoever asks.
    void mail(LetterKind kind, LoginName address, Language language) {
        requireMail(address);
        post(Letter.to(ids.next(), kind, address.shown(), language, clock.instant()));
    }

    /// The same in the name of a user.
    void mail(LetterKind kind, LoginName address, Language language, Id<User> user) {
        requireMail(address);
        post(Letter.to(ids.next(), kind, address.shown(), language, clock.instant()).about(user));
    }

    /// Tells a user what happened to his account, if he proved an address; not more often than a
    /// mailbox bears.
    void notice(Tx tx, LetterKind kind, Id<User> user, String... what) {
        identity.account(user)
                .filter(Me::emailVerified)
                .ifPresent(me -> notice(tx, kind, me, me.email(), what));
    }

    /// Tells a user of what is to come, if he proved an address. Reminders are counted apart: they
    /// take nothing from what the mailbox bears of other news.
    void remind(Tx tx, Id<User> user, String... what) {
        identity.account(user)
                .filter(Me::emailVerified)
                .ifPresent(me ->
                        counted(tx, LetterKind.EVENT_SOON, me, me.email(), "reminder ", what));
    }

    void tellFormerAddress(Tx tx, Me before, String now) {
        if (before.emailVerified() && !now.equals(before.email())) {
            notice(tx, LetterKind.EMAIL_CHANGED, before, before.email());
        }
    }

    void text(Tx tx, PhoneCode code, Language language) {
        post(
                tx,
                Letter.to(
                                ids.next(),
                                LetterKind.PHONE_CODE,
                                code.phone(),
                                language,
                                clock.instant())
                        .with(code.id()));
    }

    /// `SERVICE_UNAVAILABLE` in a house without a way for short messages.
    void requireSms() {
        if (sms == null) {
            throw Failure.unavailable();
        }
    }

    private void requireMail(LoginName address) {
        if (mailer == null) {
            throw Failure.unavailable();
        }
        limits.require(Limit.MAIL, address.key());
    }

    private void notice(Tx tx, LetterKind kind, Me me, @Nullable String email, String... what) {
        counted(tx, kind, me, email, "notice ", what);
    }

    private void counted(
            Tx tx, LetterKind kind, Me me, @Nullable String email, String purse, String[] what) {
        if (mailer != null && email != null && limits.allows(Limit.MAIL, purse + email)) {
            post(
                    tx,
                    Letter.to(ids.next(), kind, email, me.language(), clock.instant())
                            .about(me.id(), what));
        }
    }

    private void post(Letter letter) {
        db.run(tx -> post(tx, letter));
    }

    private void post(Tx tx, Letter letter) {
        store.add(tx, letter);
        tx.afterCommit(() -> postman(letter).rings());
    }

    private Postman postman(Letter letter) {
        return Objects.requireNonNull(postmen.get(letter.kind().channel()));
    }

    private void bring(Letter letter) {
        switch (letter.kind()) {
            case RESET_PASSWORD ->
                    db.read(tx -> identity.resettableBy(tx, letter.recipient()))
                            .flatMap(identity::account)
                            .ifPresent(his -> mailLink(letter, LinkKind.RESET_PASSWORD, his));
            case VERIFY_EMAIL ->
                    Optional.ofNullable(letter.userId())
                            .flatMap(identity::account)
                            .ifPresent(his -> mailLink(letter, LinkKind.VERIFY_EMAIL, his));
            case MAGIC_LINK -> mailLink(letter, LinkKind.MAGIC_LINK, null);
            case NEW_DEVICE, PASSWORD_CHANGED, EMAIL_CHANGED, EVENT_SOON -> mailNotice(letter);
            case PHONE_CODE -> textCode(letter);
        }
    }

    /// A link to an account speaks its language, and to reset its password it goes to the address
    /// as it stands there, not as somebody typed it.
    private void mailLink(Letter letter, LinkKind kind, @Nullable Me his) {
        @Nullable Id<User> user = his == null ? null : his.id();
        @Nullable String known = his == null ? null : his.email();
        String to = kind == LinkKind.RESET_PASSWORD && known != null ? known : letter.recipient();
        String token = db.tx(tx -> links.make(tx, kind, user, to));
        Language language = his == null ? letter.language() : his.language();
        mail(wording.withLink(letter, to, language, kind, token));
    }

    private void mailNotice(Letter letter) {
        Optional<Me> me = Optional.ofNullable(letter.userId()).flatMap(identity::account);
        me.ifPresent(it -> mail(wording.notice(letter, it)));
    }

    private void textCode(Letter letter) {
        @Nullable Id<PhoneCode> id = letter.codeId();
        Optional<String> digits =
                id == null ? Optional.empty() : db.read(tx -> codes.digits(tx, id));
        digits.ifPresent(it -> text(letter.recipient(), wording.code(letter.language(), it)));
    }

    private void mail(Mailer.Mail mail) {
        if (mailer == null) {
            throw new IllegalStateException("MADANG_MAIL_URL is not set");
        }
        mailer.send(mail);
    }

    private void text(String phone, String text) {
        if (sms == null) {
            throw new IllegalStateException("MADANG_SMS_URL is not set");
        }
        sms.send(phone, text);
    }
}
