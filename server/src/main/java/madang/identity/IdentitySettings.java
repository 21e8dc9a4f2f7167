package madang.identity;

import java.time.Duration;
import java.util.List;
import madang.kit.Secret;
import madang.kit.settings.Key;
import madang.kit.settings.Made;
import madang.kit.settings.Problems;
import madang.kit.settings.Stage;
import org.jspecify.annotations.Nullable;

/// How somebody proves who they are, and for how long.
public record IdentitySettings(
        Stage stage,
        @Key(
                        name = "JWT_SECRET",
                        made = Made.TOKEN,
                        says =
                                "Signing keys of access tokens, 32 characters or more each, as a comma"
                                        + " list; the first signs, all of them verify")
                List<Secret> jwtSecrets,
        @Key(
                        name = "MADANG_ACCESS_TOKEN_TTL",
                        value = "15m",
                        min = "1s",
                        says = "Life of a native access token")
                Duration accessTokenTtl,
        @Key(
                        name = "MADANG_REFRESH_TOKEN_TTL",
                        value = "30d",
                        min = "1s",
                        says = "A session ends when it was not used for so long")
                Duration refreshTokenTtl,
        @Key(
                        name = "MADANG_REFRESH_TOKEN_MAX_AGE",
                        value = "90d",
                        min = "1s",
                        says = "A session ends after this time, however much it is used")
                Duration refreshTokenMaxAge,
        @Key(
                        name = "MADANG_BCRYPT_COST",
                        value = "12",
                        min = "4",
                        max = "15",
                        says = "Cost of hashing a password; below 10 only outside production")
                int bcryptCost,
        @Key(
                        name = "MADANG_ADMIN_USERNAME",
                        says = "The first administrator, made at the start where there is none")
                @Nullable String adminUsername,
        @Key(name = "MADANG_ADMIN_PASSWORD", says = "The first administrator's password")
                @Nullable Secret adminPassword) {
    private static final int SECRET_CHARACTERS = 32;
    private static final int PRODUCTION_COST = 10;

    public IdentitySettings {
        new Problems()
                .must(
                        !jwtSecrets.isEmpty()
                                && jwtSecrets.stream().allMatch(IdentitySettings::isLongEnough),
                        "JWT_SECRET must have 32 characters or more in each key: `openssl rand -base64 48` makes one.")
                .must(
                        stage != Stage.PRODUCTION || bcryptCost >= PRODUCTION_COST,
                        "MADANG_BCRYPT_COST must be 10 or more in production.")
                .must(
                        (adminUsername == null) == (adminPassword == null),
                        "MADANG_ADMIN_USERNAME and MADANG_ADMIN_PASSWORD go together: give both or neither.")
                .must(
                        adminUsername == null || Form.Kind.USERNAME.admits(adminUsername),
                        "MADANG_ADMIN_USERNAME must be 3 to 32 letters, digits, . _ - with a letter among them.")
                .must(
                        adminPassword == null
                                || Form.Kind.NEW_PASSWORD.admits(adminPassword.value()),
                        "MADANG_ADMIN_PASSWORD must have 8 characters or more, and at most 72 bytes.")
                .stopIfAny();
    }

    private static boolean isLongEnough(Secret key) {
        return key.value().codePointCount(0, key.value().length()) >= SECRET_CHARACTERS;
    }
}
