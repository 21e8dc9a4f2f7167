package madang.events;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import madang.audit.Audit;
import madang.chat.ChatFeature;
import madang.identity.Identity;
import madang.identity.PersonalData;
import madang.kit.Ids;
import madang.kit.db.Db;
import madang.kit.db.Outbox;
import madang.kit.feature.Feature;
import madang.kit.http.Routes;
import madang.kit.jobs.Jobs;
import madang.kit.json.Json;
import madang.live.LiveHub;
import madang.live.SocketDoor;
import madang.live.SocketMethods;
import madang.live.UserFeed;
import madang.moderation.Moderation;
import madang.people.Friends;
import madang.port.Bus;
import madang.recovery.Reminding;

/// Builds events and hangs them up: routes, what their chats are told, what ends by itself.
public final class EventsFeature implements Feature {
    private static final Duration LOOK_FOR_OVER = Duration.ofSeconds(30);
    private static final Duration MAKE_DUE = Duration.ofMinutes(10);
    private static final Duration LOOK_AHEAD = Duration.ofMinutes(1);

    /// What events ask of the house.
    public record Needs(
            Db db,
            ChatFeature chat,
            SocketDoor door,
            SocketMethods methods,
            Identity identity,
            Moderation moderation,
            Friends friends,
            Reminding reminding,
            Bus bus,
            LiveHub hub,
            Json json,
            Supplier<String> publicAddress,
            Audit audit,
            InstantSource clock,
            Ids ids) {}

    private final Needs needs;
    private final Events events;
    private final EventApi eventApi;
    private final EventNotices notices;
    private final EventTalk talk;
    private final EventOffice office;
    private final AdminEventApi adminApi;
    private final PersonalData data;
    private final InviteApi inviteApi;
    private final Repeats repeats;
    private final RepeatApi repeatApi;
    private final UserFeed feed;
    private final EventNews news;
    private final Reminders reminders;
    private final ReminderApi reminderApi;
    private final NoShowApi noShowApi;
    private final PersonalData plansData;

    public EventsFeature(Needs needs) {
        this.needs = needs;
        EventStore eventStore = new EventStore();
        ParticipantStore participantStore = new ParticipantStore();
        HistoryStore historyStore = new HistoryStore();
        History history = new History(historyStore, needs.ids());
        events =
                new Events(
                        needs.db(),
                        eventStore,
                        participantStore,
                        historyStore,
                        history,
                        needs.chat().rooms(),
                        needs.chat().members(),
                        needs.identity(),
                        needs.moderation(),
                        needs.clock(),
                        needs.ids());
        EventViewer viewer =
                new EventViewer(
                        needs.db(), participantStore, needs.chat().rooms(), needs.identity());
        Ranges ranges = new Ranges(needs.identity(), needs.clock());
        eventApi = new EventApi(events, ranges, viewer);
        office = new EventOffice(needs.db(), eventStore, events, needs.audit());
        adminApi = new AdminEventApi(office, viewer);
        data = new EventsData(needs.db(), new TraceStore(), events);
        talk = new EventTalk(events, needs.chat());
        notices = new EventNotices(events, needs.chat().chat(), needs.identity());
        InviteStore inviteStore = new InviteStore();
        SeriesStore seriesStore = new SeriesStore();
        NoShowStore noShowStore = new NoShowStore();
        ReminderStore reminderStore = new ReminderStore();
        plansData = new PlansData(needs.db(), inviteStore, seriesStore, reminderStore, noShowStore);
        feed = new UserFeed("events:users", needs.bus(), needs.hub(), needs.json());
        news = new EventNews(events, feed);
        reminders =
                new Reminders(
                        needs.db(),
                        reminderStore,
                        events,
                        needs.chat().chat(),
                        feed,
                        needs.reminding(),
                        needs.clock());
        reminderApi = new ReminderApi(reminders);
        repeats =
                new Repeats(
                        needs.db(),
                        seriesStore,
                        events,
                        eventStore,
                        history,
                        needs.identity(),
                        needs.clock(),
                        needs.ids());
        repeatApi = new RepeatApi(repeats, viewer);
        inviteApi =
                new InviteApi(
                        new Invitations(
                                needs.db(),
                                inviteStore,
                                events,
                                eventStore,
                                participantStore,
                                needs.friends(),
                                needs.moderation(),
                                needs.identity(),
                                needs.publicAddress(),
                                needs.clock()));
        noShowApi =
                new NoShowApi(
                        new NoShows(
                                needs.db(),
                                noShowStore,
                                eventStore,
                                participantStore,
                                history,
                                needs.clock()),
                        needs.identity());
        news.methods(needs.methods());
        reminderApi.methods(needs.methods());
    }

    public Events events() {
        return events;
    }

    /// For who gives people their data or erases it; it comes after what hangs on events.
    public PersonalData data() {
        return data;
    }

    /// How many there are of what, for administrators.
    public Map<String, Long> figures() {
        return office.figures();
    }

    /// What hangs on events, for who gives people their data or erases it.
    public PersonalData plansData() {
        return plansData;
    }

    /// Makes the events of series whose turn has come, as the job does.
    void makeDueRepeats() {
        repeats.makeDue();
    }

    /// Reminds of what has come near, as the job does.
    void remind() {
        reminders.look();
    }

    @Override
    public void routes(Routes routes) {
        eventApi.routes(routes);
        talk.routes(routes, needs.door(), needs.methods());
        adminApi.routes(routes);
        inviteApi.routes(routes);
        repeatApi.routes(routes);
        reminderApi.routes(routes);
        noShowApi.routes(routes);
    }

    /// Lets people report what they see here.
    public void reportables(Moderation moderation) {
        new EventEyes(events).lendTo(moderation);
    }

    /// After the migrations; people are reminded from then on.
    @Override
    public void start() {
        feed.start();
    }

    @Override
    public void listeners(Outbox outbox) {
        notices.listeners(outbox);
        news.listeners(outbox);
        reminders.listeners(outbox);
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.every(LOOK_FOR_OVER, "events-over", events::finishOver);
        jobs.every(LOOK_AHEAD, "events-remind", this::remind);
        jobs.every(MAKE_DUE, "events-repeat", this::makeDueRepeats);
    }
}
