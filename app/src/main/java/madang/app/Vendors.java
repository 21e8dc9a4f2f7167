package madang.app;

import java.net.URI;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import madang.adapters.GoogleCalendar;
import madang.adapters.GoogleLogin;
import madang.adapters.KakaoLogin;
import madang.adapters.NaverLogin;
import madang.adapters.SmtpMailer;
import madang.adapters.SocialLogins;
import madang.adapters.SolapiSms;
import madang.adapters.TwilioSms;
import madang.audit.Audit;
import madang.calendar.CalendarClient;
import madang.identity.IdentityFeature;
import madang.kit.Ids;
import madang.kit.Secret;
import madang.kit.db.Db;
import madang.kit.json.Json;
import madang.kit.settings.HttpSettings;
import madang.kit.settings.SecretSettings;
import madang.kit.settings.Settings;
import madang.port.Mailer;
import madang.port.SmsSender;
import madang.port.SmsService;
import madang.recovery.RecoverySettings;
import madang.sandbox.Sandbox;
import madang.sandbox.SandboxSettings;
import madang.social.GoogleSettings;
import madang.social.KakaoSettings;
import madang.social.NaverSettings;
import madang.social.Provider;
import madang.social.SocialFeature;
import org.jspecify.annotations.Nullable;

/// Whom the house asks and writes to outside: the real ones where this house has an app or an
/// address there, the sandbox's where it has none.
final class Vendors {
    static final List<Class<? extends Record>> SETTINGS =
            List.of(KakaoSettings.class, GoogleSettings.class, NaverSettings.class);

    static SocialFeature social(
            Settings settings,
            IdentityFeature identity,
            Audit audit,
            Db db,
            Supplier<String> ownAddress,
            Json json,
            Ids ids,
            InstantSource clock) {
        return new SocialFeature(
                SocialLogins.of(
                        settings.get(KakaoSettings.class),
                        settings.get(GoogleSettings.class),
                        settings.get(NaverSettings.class),
                        sandbox(settings, ownAddress),
                        json,
                        clock),
                new SocialFeature.Needs(
                        db,
                        identity,
                        audit,
                        settings.get(SecretSettings.class).vault(),
                        redirectUris(settings),
                        settings.get(HttpSettings.class).publicUrl(),
                        json,
                        ids,
                        clock));
    }

    private static SocialLogins.@Nullable Sandbox sandbox(
            Settings settings, Supplier<String> ownAddress) {
        return settings.get(SandboxSettings.class).isOn()
                ? new SocialLogins.Sandbox(
                        ownAddress,
                        kakao(settings.get(KakaoSettings.class).scopes()),
                        google(settings.get(GoogleSettings.class).scopes()),
                        new NaverLogin.App(
                                Sandbox.NAVER_APP.clientId(),
                                new Secret(Sandbox.NAVER_APP.clientSecret())))
                : null;
    }

    private static KakaoLogin.App kakao(String scopes) {
        return new KakaoLogin.App(
                Sandbox.KAKAO_APP.restKey(),
                new Secret(Sandbox.KAKAO_APP.clientSecret()),
                scopes,
                Sandbox.KAKAO_APP.nativeKey(),
                Long.toString(Sandbox.KAKAO_APP.appId()),
                new Secret(Sandbox.KAKAO_APP.adminKey()));
    }

    private static GoogleLogin.App google(String scopes) {
        return new GoogleLogin.App(
                Sandbox.GOOGLE_APP.webClient(),
                new Secret(Sandbox.GOOGLE_APP.secret()),
                Sandbox.GOOGLE_APP.clients(),
                scopes);
    }

    private static Map<Provider, URI> redirectUris(Settings settings) {
        Map<Provider, URI> named = new EnumMap<>(Provider.class);
        put(named, Provider.KAKAO, settings.get(KakaoSettings.class).redirectUri());
        put(named, Provider.GOOGLE, settings.get(GoogleSettings.class).redirectUri());
        put(named, Provider.NAVER, settings.get(NaverSettings.class).redirectUri());
        return named;
    }

    private static void put(Map<Provider, URI> named, Provider provider, @Nullable URI address) {
        if (address != null) {
            named.put(provider, address);
        }
    }

    static CalendarClient calendar(Settings settings, Supplier<String> ownAddress, Json json) {
        return GoogleCalendar.of(
                settings.get(GoogleSettings.class),
                settings.get(SandboxSettings.class).isOn() ? ownAddress : null,
                json);
    }

    /// Where Google reaches us to tell of changes: only by TLS, unless he is played by ourselves.
    static @Nullable String reachableAddress(Settings settings, Supplier<String> ownAddress) {
        boolean isPlayed =
                settings.get(SandboxSettings.class).isOn()
                        && settings.get(GoogleSettings.class).clientId() == null;
        @Nullable URI own = settings.get(HttpSettings.class).publicUrl();
        if (isPlayed) {
            return ownAddress.get();
        }
        return own != null && "https".equals(own.getScheme())
                ? own.toString().replaceFirst("/+$", "")
                : null;
    }

    static @Nullable Mailer mailer(Settings settings, IntSupplier inbox, InstantSource clock) {
        RecoverySettings ways = settings.get(RecoverySettings.class);
        if (ways.mailServer() != null) {
            return new SmtpMailer(ways.mailServer(), ways.mailFrom(), clock);
        }
        return settings.get(SandboxSettings.class).isOn()
                ? ToInbox.mailer(inbox, ways.mailFrom(), clock)
                : null;
    }

    static @Nullable SmsSender sms(
            Settings settings, Supplier<String> ownAddress, Json json, InstantSource clock) {
        @Nullable SmsService service = settings.get(RecoverySettings.class).smsService();
        if (service == null) {
            return settings.get(SandboxSettings.class).isOn()
                    ? ToInbox.sms(ownAddress, json, clock)
                    : null;
        }
        return switch (service.vendor()) {
            case SOLAPI -> new SolapiSms(service, json, clock);
            case TWILIO -> new TwilioSms(service);
        };
    }

    private Vendors() {}
}
