package madang.dialect.woongkie;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import madang.kit.Secret;
import madang.kit.http.Limit;
import madang.kit.settings.Key;
import madang.kit.settings.Origin;
import madang.kit.settings.OwnAddress;
import madang.kit.settings.Problems;
import madang.kit.settings.Rate;
import madang.kit.settings.Stage;
import org.jspecify.annotations.Nullable;

/// The face of woongkie-talkie. Its limits are those of the original, by address; a load test from
/// one address needs wider ones.
public record WoongkieSettings(
        Stage stage,
        @Key(
                        name = "MADANG_WOONGKIE_ADDRESS",
                        says =
                                "Where woongkie-talkie's whole API and its client are found: a port,"
                                        + " host:port, or a host name on the main port")
                @Nullable OwnAddress address,
        @Key(
                        name = "MADANG_WOONGKIE_WEB",
                        says =
                                "Directory of the built files of a woongkie-talkie client, served at"
                                        + " MADANG_WOONGKIE_ADDRESS")
                @Nullable Path web,
        @Key(
                        name = "MADANG_WOONGKIE_JWT_SECRET",
                        says =
                                "Signing keys of woongkie-talkie's tokens, as a comma list; not set:"
                                        + " those of JWT_SECRET")
                List<Secret> jwtSecrets,
        @Key(
                        name = "MADANG_WOONGKIE_TOKEN_TTL",
                        value = "24h",
                        min = "1m",
                        max = "46h",
                        says = "Life of woongkie-talkie's token and cookie")
                Duration tokenTtl,
        @Key(
                        name = "MADANG_WOONGKIE_ORIGINS",
                        says =
                                "Origins whose pages may open woongkie-talkie's sockets beside its own;"
                                        + " the port does not matter")
                List<Origin> origins,
        @Key(
                        name = "MADANG_WOONGKIE_QUERY_TOKEN",
                        value = "off",
                        says =
                                "Whether woongkie-talkie's sockets take ?token= as old clients send it;"
                                        + " proxies log addresses")
                boolean queryToken,
        @Key(
                        name = "MADANG_WOONGKIE_RATE_LIMIT_GENERAL",
                        value = "300/minute burst 50",
                        says = "woongkie-talkie's requests from an address")
                Rate general,
        @Key(
                        name = "MADANG_WOONGKIE_RATE_LIMIT_AUTH",
                        value = "5/minute",
                        says = "woongkie-talkie's sign-ups, sign-ins and renewals from an address")
                Rate auth,
        @Key(
                        name = "MADANG_WOONGKIE_RATE_LIMIT_ROOMS",
                        value = "5/minute",
                        says = "Rooms opened by woongkie-talkie's clients from an address")
                Rate rooms,
        @Key(
                        name = "MADANG_WOONGKIE_RATE_LIMIT_UPLOAD",
                        value = "20/minute",
                        says = "Files sent by woongkie-talkie's clients from an address")
                Rate upload,
        @Key(
                        name = "MADANG_WOONGKIE_RATE_LIMIT_MESSAGES",
                        value = "1/second burst 15",
                        says = "Messages said on one of woongkie-talkie's sockets")
                Rate messages,
        @Key(
                        name = "MADANG_WOONGKIE_SOCKETS",
                        value = "10",
                        min = "1",
                        says = "woongkie-talkie's sockets from an address at the same time")
                int sockets) {
    private static final int SECRET_CHARACTERS = 32;

    public WoongkieSettings {
        new Problems()
                .must(
                        jwtSecrets.stream()
                                .allMatch(key -> key.value().length() >= SECRET_CHARACTERS),
                        "MADANG_WOONGKIE_JWT_SECRET must have 32 characters or more in each key.")
                .must(
                        web == null || address != null,
                        "MADANG_WOONGKIE_WEB needs MADANG_WOONGKIE_ADDRESS: a client is served there.")
                .must(
                        web == null || ClientFiles.areIn(web),
                        "MADANG_WOONGKIE_WEB must be a folder in which a client's index.html lies.")
                .stopIfAny();
    }

    /// How much each limit of this dialect allows.
    public Map<Limit, Rate> rates() {
        return Map.of(
                WoongkieFace.GENERAL, general,
                WoongkieFace.AUTH, auth,
                WoongkieFace.ROOMS, rooms,
                WoongkieFace.UPLOAD, upload);
    }
}
