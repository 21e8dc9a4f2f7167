package madang.sandbox;

import java.util.function.Supplier;
import madang.kit.Texts;
import madang.kit.http.Limit;
import madang.kit.http.Limits;
import madang.kit.http.Routes;
import madang.kit.http.Steps;
import madang.kit.json.Json;
import madang.kit.settings.Rate;
import madang.sandbox.kakao.KakaoApp;
import madang.sandbox.kakao.KakaoStand;
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
    private final Faults faults = new Faults();

    public Sandbox(Needs needs) {
        Pages pages = new Pages(new Texts("sandbox"));
        face = new SandboxFace(needs.json(), new Steps(needs.json(), needs.limits()));
        own = new SandboxPages(pages);
        clock = new ClockPage(needs.clock(), pages, needs.json());
        whatFails = new FaultsPage(faults, pages, needs.json());
        kakao =
                new KakaoStand(
                        new KakaoStand.Needs(
                                KAKAO_APP,
                                pages,
                                faults,
                                new Courier(needs.ownAddress()),
                                needs.json(),
                                needs.clock()));
    }

    public void routes(Routes routes) {
        Routes rows = routes.of(face);
        own.routes(rows);
        clock.routes(rows);
        whatFails.routes(rows);
        kakao.routes(rows);
    }

    /// Ends what is held on purpose, so that nothing waits for it.
    public void stop() {
        faults.close();
    }
}
