package madang.social;

import java.util.Locale;
import madang.identity.SignInMethod;

/// A vendor with whose account people come in.
public enum Provider {
    KAKAO,
    GOOGLE,
    NAVER;

    SignInMethod method() {
        return switch (this) {
            case KAKAO -> SignInMethod.KAKAO;
            case GOOGLE -> SignInMethod.GOOGLE;
            case NAVER -> SignInMethod.NAVER;
        };
    }

    /// As it stands in addresses and on the wire.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
