package madang.app;

import java.net.URI;
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
import madang.kit.Secret;
import madang.kit.settings.HttpSettings;
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

    private final Ground ground;
    private final Settings settings;
    private final Supplier<String> ownAddress;
    private final IntSupplier inbox;

    /// `ownAddress` is where the house reaches itself, for what is played inside it; `inbox` the
    /// port where the sandbox takes mails in.
    Vendors(Ground ground, Supplier<String> ownAddress, IntSupplier inbox) {
        this.ground = ground;
        this.settings = ground.settings();
        this.ownAddress = ownAddress;
        this.inbox = inbox;
    }

    SocialFeature social(IdentityFeature identity, Audit audit) {
        return new SocialFeature(
                SocialLogins.of(
                        settings.get(KakaoSettings.class),
                        settings.get(GoogleSettings.class),
                        settings.get(NaverSettings.class),
                        sandbox(),
                        ground.json(),
                        ground.clock()),
                new SocialFeature.Needs(
                        ground.db(),
                        identity,
                        audit,
                        ground.vault(),
                        redirectUris(settings),
                        settings.get(HttpSettings.class).publicUrl(),
                        ground.json(),
                        ground.ids(),
                        ground.clock()));
    }

    private SocialLogins.@Nullable Sandbox sandbox() {
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

    CalendarClient calendar() {
        return GoogleCalendar.of(
                settings.get(GoogleSettings.class),
                settings.get(SandboxSettings.class).isOn() ? ownAddress : null,
                ground.json());
    }

    /// Where Google reaches us to tell of changes: only by TLS, unless he is played by ourselves.
    @Nullable String reachableAddress() {
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

    @Nullable Mailer mailer() {
        RecoverySettings ways = settings.get(RecoverySettings.class);
        if (ways.mailServer() != null) {
            return new SmtpMailer(ways.mailServer(), ways.mailFrom(), ground.clock());
        }
        return settings.get(SandboxSettings.class).isOn()
                ? ToInbox.mailer(inbox, ways.mailFrom(), ground.clock())
                : null;
    }

    @Nullable SmsSender sms() {
        @Nullable SmsService service = settings.get(RecoverySettings.class).smsService();
        if (service == null) {
            return settings.get(SandboxSettings.class).isOn()
                    ? ToInbox.sms(ownAddress, ground.json(), ground.clock())
                    : null;
        }
        return switch (service.vendor()) {
            case SOLAPI -> new SolapiSms(service, ground.json(), ground.clock());
            case TWILIO -> new TwilioSms(service);
        };
    }
}
