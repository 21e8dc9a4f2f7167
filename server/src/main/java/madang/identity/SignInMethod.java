package madang.identity;

import java.util.Locale;

/// How somebody came in; kept with the session and shown in the list of devices.
public enum SignInMethod {
    PASSWORD,
    GUEST,
    KAKAO,
    GOOGLE,
    NAVER,
    MAGIC_LINK,
    PHONE_CODE,
    PASSKEY;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
