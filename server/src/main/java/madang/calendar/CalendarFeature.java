package madang.calendar;

import java.time.InstantSource;
import java.util.function.Supplier;
import madang.events.EventCanceled;
import madang.events.EventChanged;
import madang.events.EventConfirmed;
import madang.events.EventCreated;
import madang.events.EventDeleted;
import madang.events.EventDone;
import madang.events.Events;
import madang.events.ParticipantAnswered;
import madang.events.ParticipantLeft;
import madang.identity.Identity;
import madang.identity.PersonalData;
import madang.kit.Ids;
import madang.kit.Vault;
import madang.kit.db.Db;
import madang.kit.db.Outbox;
import madang.kit.feature.Feature;
import madang.kit.http.Routes;
import madang.social.CalendarAllowed;
import madang.social.Social;
import org.jspecify.annotations.Nullable;

/// Builds the parts of other calendars and hangs them where they belong.
public final class CalendarFeature implements Feature {

    /// What it needs of the house.
    ///
    /// @param publicAddress where people reach us
    /// @param reachableAddress where Google reaches us; null where he cannot
    public record Needs(
            Db db,
            Events events,
            Social social,
            Identity identity,
            CalendarClient client,
            Vault vault,
            String appName,
            Supplier<String> publicAddress,
            Supplier<@Nullable String> reachableAddress,
            Ids ids,
            InstantSource clock) {}

    private final Calendar calendar;
    private final CalendarData data;
    private final Rounds rounds;
    private final Needs needs;

    public CalendarFeature(CalendarSettings settings, Needs needs) {
        this.needs = needs;
        ConnectionStore connections = new ConnectionStore();
        EntryStore entries = new EntryStore();
        FeedStore feeds = new FeedStore();
        Sync.Tools tools =
                new Sync.Tools(needs.db(), connections, entries, needs.events(), needs.clock());
        Channels channels =
                new Channels(
                        tools,
                        needs.reachableAddress(),
                        needs.vault().derive("calendar.channel"),
                        needs.ids());
        rounds =
                new Rounds(
                        tools,
                        new Turns(tools, settings.poll()),
                        channels,
                        needs.client(),
                        needs.social(),
                        needs.identity());
        calendar = new Calendar(tools, feeds, rounds, channels, needs.social(), needs.identity());
        data = new CalendarData(needs.db(), connections, entries, feeds);
    }

    public PersonalData data() {
        return data;
    }

    @Override
    public void routes(Routes routes) {
        new CalendarApi(
                        calendar,
                        new Ics(needs.appName(), needs.publicAddress()),
                        needs.publicAddress())
                .routes(routes);
    }

    /// What happened to an event only says whom to look at; so hearing it twice does no harm.
    @Override
    public void listeners(Outbox outbox) {
        outbox.listen(
                "calendar.allowed",
                CalendarAllowed.class,
                heard -> calendar.connect(heard.fact().user()));
        outbox.listen(
                "calendar.created",
                EventCreated.class,
                heard -> calendar.touch(heard.fact().event(), heard.fact().creator()));
        outbox.listen(
                "calendar.answered",
                ParticipantAnswered.class,
                heard ->
                        calendar.touch(
                                heard.fact().event(),
                                heard.fact().isComing() ? heard.fact().user() : null));
        outbox.listen(
                "calendar.left",
                ParticipantLeft.class,
                heard -> calendar.touch(heard.fact().event(), null));
        outbox.listen(
                "calendar.changed",
                EventChanged.class,
                heard -> calendar.touch(heard.fact().event(), null));
        outbox.listen(
                "calendar.confirmed",
                EventConfirmed.class,
                heard -> calendar.touch(heard.fact().event(), null));
        outbox.listen(
                "calendar.canceled",
                EventCanceled.class,
                heard -> calendar.touch(heard.fact().event(), null));
        outbox.listen(
                "calendar.done",
                EventDone.class,
                heard -> calendar.touch(heard.fact().event(), null));
        outbox.listen(
                "calendar.deleted",
                EventDeleted.class,
                heard -> calendar.touch(heard.fact().event(), null));
    }

    @Override
    public void opened() {
        rounds.start();
    }

    @Override
    public void closing() throws InterruptedException {
        rounds.stop();
    }
}
