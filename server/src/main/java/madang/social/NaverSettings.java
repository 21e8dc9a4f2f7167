package madang.social;

import java.net.URI;
import madang.kit.Secret;
import madang.kit.settings.Key;
import madang.kit.settings.Problems;
import org.jspecify.annotations.Nullable;

/// Our app at Naver.
public record NaverSettings(
        @Key(
                        name = "MADANG_NAVER_CLIENT_ID",
                        says =
                                "Client id of the app at Naver; not set: the sandbox, where there is one")
                @Nullable String clientId,
        @Key(name = "MADANG_NAVER_CLIENT_SECRET", says = "Its client secret")
                @Nullable Secret clientSecret,
        @Key(
                        name = "MADANG_NAVER_REDIRECT_URI",
                        says =
                                "Where Naver sends browsers back to, as it is registered there; not"
                                        + " set: MADANG_PUBLIC_URL and /api/v1/auth/naver/callback")
                @Nullable URI redirectUri,
        @Key(
                        name = "MADANG_NAVER_AUTH_URL",
                        says = "Instead of https://nid.naver.com, such as a proxy")
                @Nullable URI authUrl,
        @Key(
                        name = "MADANG_NAVER_API_URL",
                        says = "Instead of https://openapi.naver.com, such as a proxy")
                @Nullable URI apiUrl) {

    public NaverSettings {
        new Problems()
                .must(
                        (clientId == null) == (clientSecret == null),
                        "MADANG_NAVER_CLIENT_ID and MADANG_NAVER_CLIENT_SECRET go together: give both or neither.")
                .stopIfAny();
    }
}
