package madang.sandbox.inbox;

import java.time.InstantSource;
import java.util.Map;
import madang.kit.http.ApiResponse;
import madang.kit.http.Routes;
import madang.kit.json.Json;
import madang.sandbox.stand.Faults;
import madang.sandbox.stand.Pages;
import madang.sandbox.stand.Refused;

/// Builds the inbox and every way into it.
public final class InboxStand {
    private final MailDoor door;
    private final SolapiStand solapi;
    private final TwilioStand twilio;
    private final InboxPage page;

    public InboxStand(
            SmsVendors accounts,
            int smtpPort,
            Pages pages,
            Faults faults,
            Json json,
            InstantSource clock) {
        Inbox inbox = new Inbox(clock);
        door =
                new MailDoor(
                        smtpPort,
                        inbox,
                        faults.of("smtp", _ -> new Refused(ApiResponse.ok(Map.of()))));
        solapi = new SolapiStand(accounts, inbox, faults, json, clock);
        twilio = new TwilioStand(accounts, inbox, faults, clock);
        page = new InboxPage(inbox, pages);
    }

    public void routes(Routes routes) {
        solapi.routes(routes);
        twilio.routes(routes);
        page.routes(routes);
    }

    public void start() {
        door.start();
    }

    public void stop() {
        door.stop();
    }

    /// Known once it is bound.
    public int smtpPort() {
        return door.port();
    }
}
