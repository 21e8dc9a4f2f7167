package madang.social;

import java.net.URI;
import madang.kit.Secret;
import madang.kit.settings.Key;
import madang.kit.settings.Problems;
import org.jspecify.annotations.Nullable;

/// Our OAuth clients at Google.
public record GoogleSettings(
        @Key(
                        name = "GOOGLE_CLIENT_ID",
                        says =
                                "OAuth client of the web at Google; not set: the sandbox, where there"
                                        + " is one")
                @Nullable String clientId,
        @Key(name = "GOOGLE_CLIENT_SECRET", says = "Its client secret")
                @Nullable Secret clientSecret,
        @Key(
                        name = "GOOGLE_REDIRECT_URI",
                        says =
                                "Where Google sends browsers back to, as it is registered there; not"
                                        + " set: MADANG_PUBLIC_URL and /api/v1/auth/google/callback")
                @Nullable URI redirectUri,
        @Key(
                        name = "MADANG_GOOGLE_CLIENT_ID_ANDROID",
                        says = "OAuth client of the Android app: its ID tokens count as well")
                @Nullable String androidClientId,
        @Key(
                        name = "MADANG_GOOGLE_CLIENT_ID_IOS",
                        says = "OAuth client of the iOS app: its ID tokens count as well")
                @Nullable String iosClientId,
        @Key(
                        name = "MADANG_GOOGLE_SCOPES",
                        value = "openid email profile",
                        says = "What Google is asked for, word for word")
                String scopes,
        @Key(
                        name = "MADANG_GOOGLE_AUTH_URL",
                        says = "Instead of https://accounts.google.com, such as a proxy")
                @Nullable URI authUrl,
        @Key(
                        name = "MADANG_GOOGLE_TOKEN_URL",
                        says = "Instead of https://oauth2.googleapis.com, such as a proxy")
                @Nullable URI tokenUrl,
        @Key(
                        name = "MADANG_GOOGLE_API_URL",
                        says = "Instead of https://www.googleapis.com, such as a proxy")
                @Nullable URI apiUrl) {

    public GoogleSettings {
        new Problems()
                .must(
                        (clientId == null) == (clientSecret == null),
                        "GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET go together: give both or neither.")
                .stopIfAny();
    }
}
