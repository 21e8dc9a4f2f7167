package madang.identity;

import madang.kit.Language;
import org.jspecify.annotations.Nullable;

/// Somebody of whom others have told us: what an account is made of that begins without a password.
/// `isEmailVerified` and `isPhoneVerified` say that whoever told us has seen the proof.
public record Newcomer(
        @Nullable String nickname,
        @Nullable String email,
        boolean isEmailVerified,
        @Nullable String phone,
        boolean isPhoneVerified,
        @Nullable String profileImageUrl,
        Language language,
        Agreed agreed) {

    /// Of whom nothing is known.
    public static Newcomer unknown(Language language) {
        return new Newcomer(null, null, false, null, false, null, language, Agreed.NOTHING);
    }
}
