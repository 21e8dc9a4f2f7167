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
        @Nullable Instant suspendedAt) {

    static final String HOME = "Asia/Seoul";

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
                suspendedAt);
    }

    boolean isSuspended() {
        return suspendedAt != null;
    }

    private static @Nullable String shown(@Nullable LoginName name) {
        return name == null ? null : name.shown();
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
                lastLoginAt);
    }
}
