package madang.social;

import java.net.URI;
import madang.kit.Secret;
import madang.kit.settings.Key;
import org.jspecify.annotations.Nullable;

/// Our app at Kakao.
public record KakaoSettings(
        @Key(
                        name = "KAKAO_CLIENT_ID",
                        says =
                                "REST API key of the Kakao app; not set: the sandbox, where there is one")
                @Nullable String clientId,
        @Key(name = "KAKAO_CLIENT_SECRET", says = "Its client secret, where that is switched on")
                @Nullable Secret clientSecret,
        @Key(
                        name = "KAKAO_REDIRECT_URI",
                        says =
                                "Where Kakao sends browsers back to, as it is registered there; not"
                                        + " set: MADANG_PUBLIC_URL and /api/v1/auth/kakao/callback")
                @Nullable URI redirectUri,
        @Key(
                        name = "MADANG_KAKAO_SCOPES",
                        value = "openid profile_nickname profile_image account_email",
                        says =
                                "What Kakao is asked for, word for word; age_range keeps children out")
                String scopes,
        @Key(
                        name = "MADANG_KAKAO_NATIVE_APP_KEY",
                        says = "Native app key of the same app: ID tokens that phones bring count")
                @Nullable String nativeAppKey,
        @Key(
                        name = "MADANG_KAKAO_APP_ID",
                        says =
                                "Number of the app; without it no access token that a phone brings"
                                        + " is believed")
                @Nullable String appId,
        @Key(
                        name = "MADANG_KAKAO_ADMIN_KEY",
                        says =
                                "Admin key of the app: ends links at Kakao and proves that Kakao calls"
                                        + " our unlink webhook")
                @Nullable Secret adminKey,
        @Key(
                        name = "MADANG_KAKAO_AUTH_URL",
                        says = "Instead of https://kauth.kakao.com, such as a proxy")
                @Nullable URI authUrl,
        @Key(
                        name = "MADANG_KAKAO_API_URL",
                        says = "Instead of https://kapi.kakao.com, such as a proxy")
                @Nullable URI apiUrl) {}
