package madang.identity;

import java.text.Normalizer;
import java.time.Instant;
import java.util.List;
import madang.kit.Caller;
import madang.kit.Id;
import madang.kit.Language;
import madang.kit.Role;
import madang.kit.Session;
import madang.kit.User;
import org.jspecify.annotations.Nullable;

/// All that is kept of a user. Leaves this package only as `Me` (to its owner) or `UserView`.
record Account(
        Id<User> id,
        @Nullable String username,
        @Nullable String email,
        boolean isEmailVerified,
        @Nullable String phone,
        boolean isPhoneVerified,
        @Nullable String passwordHash,
        String nickname,
        @Nullable String profileImageUrl,
        @Nullable String statusMessage,
        Role role,
        Language language,
        String timeZone,
        @Nullable String region,
        List<String> interests,
        Instant createdAt,
        @Nullable Instant lastLoginAt,
        boolean isBot,
        boolean isGuest,
        @Nullable Instant suspendedAt,
        @Nullable Instant suspendedUntil,
        @Nullable Instant withdrawnAt,
        @Nullable Instant sealedAt) {

    static final String HOME = "Asia/Seoul";
    private static final int MAX_IMAGE_URL = 500;

    /// An account that somebody opens with a password of his own, and enters by that.
    static Account opened(
            Id<User> id,
            AccountStore.Names names,
            String passwordHash,
            String nickname,
            Role role,
            Language language,
            Instant now) {
        return new Account(
                id,
                shown(names.username()),
                shown(names.email()),
                false,
                shown(names.phone()),
                false,
                passwordHash,
                tidy(nickname),
                null,
                null,
                role,
                language,
                HOME,
                null,
                List.of(),
                now,
                now,
                false,
                false,
                null,
                null,
                null,
                null);
    }

    /// An account of somebody of whom others have told us: these of his names are his.
    static Account of(
            Id<User> id,
            Newcomer newcomer,
            AccountStore.Names names,
            String nickname,
            boolean isGuest,
            Instant now) {
        return new Account(
                id,
                null,
                shown(names.email()),
                names.email() != null && newcomer.isEmailVerified(),
                shown(names.phone()),
                names.phone() != null && newcomer.isPhoneVerified(),
                null,
                tidy(nickname),
                image(newcomer.profileImageUrl()),
                null,
                Role.USER,
                newcomer.language(),
                HOME,
                null,
                List.of(),
                now,
                null,
                false,
                isGuest,
                null,
                null,
                null,
                null);
    }

    Account changed(ChangeProfile change) {
        return new Account(
                id,
                username,
                email,
                isEmailVerified,
                phone,
                isPhoneVerified,
                passwordHash,
                change.nickname().map(Account::tidy).or(nickname),
                change.profileImageUrl().or(profileImageUrl),
                change.statusMessage().or(statusMessage),
                role,
                change.language().or(language),
                change.timeZone().or(timeZone),
                change.region().or(region),
                change.interests().or(interests),
                createdAt,
                lastLoginAt,
                isBot,
                isGuest,
                suspendedAt,
                suspendedUntil,
                withdrawnAt,
                sealedAt);
    }

    Account enteredAt(Instant now) {
        return new Account(
                id,
                username,
                email,
                isEmailVerified,
                phone,
                isPhoneVerified,
                passwordHash,
                nickname,
                profileImageUrl,
                statusMessage,
                role,
                language,
                timeZone,
                region,
                interests,
                createdAt,
                now,
                isBot,
                isGuest,
                suspendedAt,
                suspendedUntil,
                null,
                sealedAt);
    }

    boolean isSuspended(Instant now) {
        return suspendedAt != null && (suspendedUntil == null || suspendedUntil.isAfter(now));
    }

    /// Whether there is anything to call oneself by when one signs in with a password.
    boolean hasName() {
        return username != null || email != null || phone != null;
    }

    /// Bots have no way in but their token; whoever is being erased has none any more.
    boolean hasDoor() {
        return !isBot && sealedAt == null;
    }

    private static @Nullable String shown(@Nullable LoginName name) {
        return name == null ? null : name.shown();
    }

    /// Pictures that others tell of are taken only in the form that we take from people.
    private static @Nullable String image(@Nullable String url) {
        return url != null && url.length() <= MAX_IMAGE_URL && Form.Kind.IMAGE_URL.admits(url)
                ? url
                : null;
    }

    /// A name to be shown, composed (NFC) and without blanks around it.
    static String tidy(String name) {
        return Normalizer.normalize(name.strip(), Normalizer.Form.NFC);
    }

    Caller.Member on(Id<Session> session) {
        return new Caller.Member(id, session, role, language);
    }

    UserView view() {
        return new UserView(id, username, nickname, profileImageUrl, statusMessage, isBot);
    }

    Me me() {
        return new Me(
                id,
                username,
                email,
                isEmailVerified,
                phone,
                isPhoneVerified,
                nickname,
                profileImageUrl,
                statusMessage,
                role,
                language,
                timeZone,
                region,
                interests,
                createdAt,
                lastLoginAt,
                isGuest,
                passwordHash != null);
    }
}
