package madang.adapters;

import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import madang.kit.Secret;
import madang.kit.json.Json;
import madang.social.GoogleSettings;
import madang.social.KakaoSettings;
import madang.social.NaverSettings;
import madang.social.SocialLogin;
import org.jspecify.annotations.Nullable;

/// The vendors of this house: the real one where its client id is set, else its stand-in of the
/// sandbox, else none. Hosts can be named one by one, for a proxy or a stand-in elsewhere.
public final class SocialLogins {

    /// The stand-ins: where the house reaches its own address, and what is registered with them.
    public record Sandbox(
            Supplier<String> ownAddress,
            KakaoLogin.@Nullable App kakao,
            GoogleLogin.@Nullable App google,
            NaverLogin.@Nullable App naver) {}

    private final @Nullable Sandbox sandbox;
    private final Json json;
    private final InstantSource clock;
    private final List<SocialLogin> all = new ArrayList<>();

    private SocialLogins(@Nullable Sandbox sandbox, Json json, InstantSource clock) {
        this.sandbox = sandbox;
        this.json = json;
        this.clock = clock;
    }

    public static List<SocialLogin> of(
            KakaoSettings kakao,
            GoogleSettings google,
            NaverSettings naver,
            @Nullable Sandbox sandbox,
            Json json,
            InstantSource clock) {
        SocialLogins logins = new SocialLogins(sandbox, json, clock);
        logins.add(kakao);
        logins.add(google);
        logins.add(naver);
        return List.copyOf(logins.all);
    }

    private void add(KakaoSettings settings) {
        @Nullable String key = settings.clientId();
        KakaoLogin.@Nullable App app =
                key != null
                        ? new KakaoLogin.App(
                                key,
                                settings.clientSecret(),
                                settings.scopes(),
                                settings.nativeAppKey(),
                                settings.appId(),
                                settings.adminKey())
                        : sandbox == null ? null : sandbox.kakao;
        if (app != null) {
            Vendor vendor = new Vendor("kakao", key != null);
            all.add(
                    new KakaoLogin(
                            app,
                            vendor.host(settings.authUrl(), "https://kauth.kakao.com"),
                            vendor.host(settings.apiUrl(), "https://kapi.kakao.com"),
                            vendor.issuer("https://kauth.kakao.com"),
                            vendor.http(),
                            json,
                            clock));
        }
    }

    private void add(GoogleSettings settings) {
        @Nullable String clientId = settings.clientId();
        @Nullable Secret secret = settings.clientSecret();
        GoogleLogin.@Nullable App app =
                clientId != null && secret != null
                        ? new GoogleLogin.App(
                                clientId, secret, audiences(settings), settings.scopes())
                        : sandbox == null ? null : sandbox.google;
        if (app != null) {
            Vendor vendor = new Vendor("google", clientId != null);
            all.add(
                    new GoogleLogin(
                            app,
                            new GoogleLogin.Hosts(
                                    vendor.host(settings.authUrl(), "https://accounts.google.com"),
                                    vendor.host(
                                            settings.tokenUrl(), "https://oauth2.googleapis.com"),
                                    vendor.host(settings.apiUrl(), "https://www.googleapis.com")),
                            vendor.issuer("https://accounts.google.com", "accounts.google.com"),
                            vendor.http(),
                            json,
                            clock));
        }
    }

    private void add(NaverSettings settings) {
        @Nullable String clientId = settings.clientId();
        @Nullable Secret secret = settings.clientSecret();
        NaverLogin.@Nullable App app =
                clientId != null && secret != null
                        ? new NaverLogin.App(clientId, secret)
                        : sandbox == null ? null : sandbox.naver;
        if (app != null) {
            Vendor vendor = new Vendor("naver", clientId != null);
            all.add(
                    new NaverLogin(
                            app,
                            vendor.host(settings.authUrl(), "https://nid.naver.com"),
                            vendor.host(settings.apiUrl(), "https://openapi.naver.com"),
                            vendor.issuer("https://nid.naver.com"),
                            vendor.http(),
                            clock));
        }
    }

    private static Set<String> audiences(GoogleSettings settings) {
        return Stream.of(settings.clientId(), settings.androidClientId(), settings.iosClientId())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private final class Vendor {
        private final String name;
        private final boolean isReal;

        Vendor(String name, boolean isReal) {
            this.name = name;
            this.isReal = isReal;
        }

        Host host(@Nullable URI named, String real) {
            if (named != null || isReal || sandbox == null) {
                return Host.at(named == null ? real : named.toString());
            }
            String path = "/sandbox/" + name;
            Supplier<String> ownAddress = sandbox.ownAddress;
            return new Host(path, () -> ownAddress.get() + path);
        }

        /// The first is what is stored.
        Issuer issuer(String... names) {
            return new Issuer(isReal ? names[0] : "sandbox:" + name, Set.of(names));
        }

        VendorHttp http() {
            return new VendorHttp(name, json, System::nanoTime);
        }
    }
}
