package madang.app;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import madang.calendar.CalendarSettings;
import madang.chat.ChatSettings;
import madang.dialect.woongkie.WoongkieSettings;
import madang.files.FilesSettings;
import madang.identity.IdentitySettings;
import madang.kit.db.Db;
import madang.kit.http.HttpServer;
import madang.kit.http.Limit;
import madang.kit.settings.DatabaseSettings;
import madang.kit.settings.HttpSettings;
import madang.kit.settings.LimitSettings;
import madang.kit.settings.Origin;
import madang.kit.settings.Rate;
import madang.kit.settings.SecretSettings;
import madang.kit.settings.ServerSettings;
import madang.kit.settings.Settings;
import madang.live.Origins;
import madang.recovery.RecoverySettings;
import madang.rights.RightsSettings;
import madang.sandbox.Sandbox;
import madang.sandbox.SandboxSettings;

/// What the settings say, in the shapes that the parts take.
public final class FromSettings {
    /// Records of settings that this house reads, in the order of the reference.
    public static final List<Class<? extends Record>> ALL = all();

    /// Connections past the semaphore: jobs, the outbox relay, health.
    private static final int HOUSEKEEPING = 3;

    static Db.Pool requests(Settings settings) {
        DatabaseSettings database = settings.get(DatabaseSettings.class);
        return Db.Pool.named(
                "madang", database.poolCeiling(), HOUSEKEEPING, database.connectionLifetime());
    }

    /// One connection a room writer. Its few statements know their indexes; on a young table the
    /// planner does not, and would scan.
    static Db.Pool writers(Settings settings) {
        return Db.Pool.named(
                        "madang-writers",
                        settings.get(ChatSettings.class).writers(),
                        0,
                        settings.get(DatabaseSettings.class).connectionLifetime())
                .set("enable_seqscan", "off")
                .set("enable_hashjoin", "off")
                .set("enable_mergejoin", "off");
    }

    static HttpServer.Settings listener(Settings settings) {
        HttpSettings http = settings.get(HttpSettings.class);
        return new HttpServer.Settings(
                http.host(),
                http.port(),
                http.idleTimeout(),
                http.tlsCertFile() == null || http.tlsKeyFile() == null
                        ? null
                        : HttpServer.Tls.of(http.tlsCertFile(), http.tlsKeyFile(), http.port()),
                http.isHttpsRequired(),
                http.publicUrl(),
                http.corsOrigins().stream().map(Origin::text).toList(),
                http.trustedProxies(),
                settings.get(SecretSettings.class).operatorToken(),
                settings.get(ServerSettings.class).managementAddress());
    }

    static Origins origins(Settings settings) {
        HttpSettings http = settings.get(HttpSettings.class);
        List<String> ours = new ArrayList<>(http.corsOrigins().stream().map(Origin::text).toList());
        if (http.publicUrl() != null) {
            ours.add(http.publicUrl().toString());
        }
        return new Origins(ours);
    }

    static Map<Limit, Rate> rates(Settings settings) {
        LimitSettings limits = settings.get(LimitSettings.class);
        Map<Limit, Rate> rates = new HashMap<>(settings.get(WoongkieSettings.class).rates());
        rates.put(Limit.API, limits.api());
        rates.put(Limit.SIGN_UP, limits.signUp());
        rates.put(Limit.SOCIAL, limits.social());
        rates.put(Limit.VENDOR, limits.vendor());
        rates.put(Limit.REPORT, limits.reports());
        rates.put(Limit.RECOVERY, limits.recovery());
        rates.put(Limit.MAIL, limits.mail());
        rates.put(Limit.USER_SEARCH, limits.userSearch());
        rates.put(Limit.FRIEND_REQUEST, limits.friendRequests());
        rates.put(Limit.INVITE, limits.invites());
        rates.put(Limit.CALENDAR_FEED, limits.calendarFeed());
        rates.put(Limit.EXPORT, limits.export());
        rates.put(Limit.WEBHOOK, limits.webhook());
        rates.put(Limit.FRAMES, limits.frames());
        rates.put(Limit.FILE_UPLOAD, limits.fileUpload());
        rates.put(Limit.FILE_DOWNLOAD, limits.fileDownload());
        rates.put(Sandbox.LIMIT, Sandbox.RATE);
        return rates;
    }

    static double perSecond(Rate rate) {
        return rate.tokens() * 1e9 / rate.per().toNanos();
    }

    static int burst(Rate rate) {
        return (int) rate.burst();
    }

    private static List<Class<? extends Record>> all() {
        List<Class<? extends Record>> records = new ArrayList<>(Settings.KIT);
        records.add(IdentitySettings.class);
        records.addAll(Vendors.SETTINGS);
        records.add(RecoverySettings.class);
        records.add(FilesSettings.class);
        records.add(ChatSettings.class);
        records.add(CalendarSettings.class);
        records.add(RightsSettings.class);
        records.add(WoongkieSettings.class);
        records.add(SandboxSettings.class);
        return List.copyOf(records);
    }

    private FromSettings() {}
}
