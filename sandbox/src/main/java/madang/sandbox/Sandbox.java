package madang.sandbox;

import java.util.function.Supplier;
import madang.kit.Texts;
import madang.kit.http.Limit;
import madang.kit.http.Limits;
import madang.kit.http.Routes;
import madang.kit.http.Steps;
import madang.kit.json.Json;
import madang.kit.settings.Rate;
import madang.sandbox.google.GoogleApp;
import madang.sandbox.google.GoogleStand;
import madang.sandbox.inbox.InboxStand;
import madang.sandbox.inbox.SmsVendors;
import madang.sandbox.kakao.KakaoApp;
import madang.sandbox.kakao.KakaoStand;
import madang.sandbox.naver.NaverApp;
import madang.sandbox.naver.NaverStand;
import madang.sandbox.stand.Courier;
import madang.sandbox.stand.Faults;
import madang.sandbox.stand.Pages;
import madang.sandbox.stand.Stall;

/// Builds the stand-ins and hangs up their routes.
public final class Sandbox {
    /// What the sandbox takes from one address: much, for all calls of the product come from one.
    public static final Limit LIMIT = Stall.LIMIT;

    public static final Rate RATE = Rate.parse("2000/second burst 5000");

    /// The app as it is registered with Kakao, where no other is named.
    public static final KakaoApp KAKAO_APP =
            new KakaoApp(
                    1_000_001,
                    "sandbox-kakao-rest-key",
                    "sandbox-kakao-secret",
                    "sandbox-kakao-native-key",
                    "sandbox-kakao-admin-key");

    public static final GoogleApp GOOGLE_APP =
            new GoogleApp(
                    "sandbox-web.apps.google.example",
                    "sandbox-google-secret",
                    "sandbox-android.apps.google.example",
                    "sandbox-ios.apps.google.example");

    public static final NaverApp NAVER_APP =
            new NaverApp("sandbox-naver-client", "sandbox-naver-secret");

    public static final SmsVendors SMS_VENDORS =
            new SmsVendors(
                    "sandbox-solapi-key",
                    "sandbox-solapi-secret",
                    "AC00000000000000000000000000000001",
                    "sandbox-twilio-token");

    /// What the sandbox asks of the house.
    ///
    /// @param ownAddress where the house reaches itself, known once its port is bound
    public record Needs(
            Json json, Limits limits, Supplier<String> ownAddress, MovableClock clock) {}

    private final SandboxFace face;
    private final SandboxPages own;
    private final ClockPage clock;
    private final FaultsPage whatFails;
    private final KakaoStand kakao;
    private final GoogleStand google;
    private final NaverStand naver;
    private final InboxStand inbox;
    private final Faults faults = new Faults();

    public Sandbox(SandboxSettings settings, Needs needs) {
        Pages pages = new Pages(new Texts("sandbox"));
        face = new SandboxFace(needs.json(), new Steps(needs.json(), needs.limits()));
        own = new SandboxPages(pages);
        clock = new ClockPage(needs.clock(), pages, needs.json());
        whatFails = new FaultsPage(faults, pages, needs.json());
        Courier courier = new Courier(needs.ownAddress());
        kakao =
                new KakaoStand(
                        new KakaoStand.Needs(
                                KAKAO_APP, pages, faults, courier, needs.json(), needs.clock()));
        google = new GoogleStand(GOOGLE_APP, pages, faults, courier, needs.json(), needs.clock());
        naver = new NaverStand(NAVER_APP, pages, faults, needs.clock());
        inbox =
                new InboxStand(
                        SMS_VENDORS,
                        settings.smtpPort(),
                        pages,
                        faults,
                        needs.json(),
                        needs.clock());
    }

    public void routes(Routes routes) {
        Routes rows = routes.of(face);
        own.routes(rows);
        clock.routes(rows);
        whatFails.routes(rows);
        kakao.routes(rows);
        google.routes(rows);
        naver.routes(rows);
        inbox.routes(rows);
    }

    public void start() {
        inbox.start();
    }

    /// Where mails are taken in on this machine, once that is bound.
    public int smtpPort() {
        return inbox.smtpPort();
    }

    /// Ends what is held on purpose, so that nothing waits for it.
    public void stop() {
        faults.close();
        inbox.stop();
    }
}
