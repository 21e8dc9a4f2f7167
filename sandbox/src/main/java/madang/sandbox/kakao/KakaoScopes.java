package madang.sandbox.kakao;

import java.util.List;
import java.util.stream.Stream;

/// The consent items of an app, by the ids that the protocol has for them.
final class KakaoScopes {
    static final String OPENID = "openid";
    static final String NICKNAME = "profile_nickname";
    static final String IMAGE = "profile_image";
    static final String EMAIL = "account_email";

    /// Whoever signs in agrees to it, or does not sign in.
    static final List<String> REQUIRED = List.of(NICKNAME);

    static final List<String> OPTIONAL =
            List.of(
                    IMAGE,
                    EMAIL,
                    "name",
                    "gender",
                    "age_range",
                    "birthday",
                    "birthyear",
                    "phone_number",
                    "talk_message",
                    "friends");

    /// What is asked where the product names no scopes.
    static final List<String> ASKED_BY_DEFAULT = List.of(NICKNAME, IMAGE, EMAIL);

    static boolean isKnown(String scope) {
        return scope.equals(OPENID) || REQUIRED.contains(scope) || OPTIONAL.contains(scope);
    }

    static Stream<String> all() {
        return Stream.concat(REQUIRED.stream(), OPTIONAL.stream());
    }

    private KakaoScopes() {}
}
