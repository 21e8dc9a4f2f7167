package madang.people;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalTime;
import java.util.Map;
import madang.identity.Identity;
import madang.identity.PersonalData;
import madang.kit.Id;
import madang.kit.Ids;
import madang.kit.User;
import madang.kit.db.Db;
import madang.kit.db.Outbox;
import madang.kit.feature.Feature;
import madang.kit.http.Routes;
import madang.kit.jobs.Jobs;
import madang.kit.json.Json;
import madang.live.LiveHub;
import madang.live.SocketMethods;
import madang.live.UserFeed;
import madang.moderation.Moderation;
import madang.moderation.UserBlocked;
import madang.port.Bus;
import madang.port.Presence;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Builds who-is-there and keeps it going: a few rounds a second carry what changed to presence and
/// what is true to those who watch, however many sockets come and go in between.
public final class PeopleFeature implements Feature {
    private static final Logger log = LoggerFactory.getLogger(PeopleFeature.class);
    private static final String TOPIC = "people";
    private static final Duration ROUND = Duration.ofMillis(200);

    /// How often everybody who is watched is looked after: every ten seconds.
    private static final int ROUNDS_TO_ALL = 50;

    private final Bus bus;
    private final People people;
    private final Friends friends;
    private final UserFeed feed;
    private final PersonalData data;
    private final Attendance attendance;
    private final Watches watches;
    private final Thread thread = Thread.ofVirtual().name("people").unstarted(this::run);
    private Bus.@Nullable Subscription subscription;

    public PeopleFeature(
            Db db,
            Bus bus,
            Presence presence,
            LiveHub hub,
            SocketMethods methods,
            Identity identity,
            Moderation moderation,
            Json json,
            Ids ids,
            InstantSource clock) {
        this.bus = bus;
        people = new People(presence, moderation);
        feed = new UserFeed("people:users", bus, hub, json);
        FriendStore store = new FriendStore();
        friends = new Friends(db, store, identity, moderation, people, feed, clock);
        data = new PeopleData(db, store);
        people.seenBy(friends::among);
        watches = new Watches(people, hub, json);
        attendance =
                new Attendance(
                        hub::hasSocket,
                        presence,
                        ids.next().toString(),
                        System::nanoTime,
                        this::tell);
        hub.onMoved(attendance::moved);
        presence.onLost((place, user) -> {
            if (place.equals(People.PLACE)) {
                tell(user);
            }
        });
        moderation.onBlocksChanged(watches::parted);
        new PeopleSocket(watches).methods(methods);
    }

    public People people() {
        return people;
    }

    public Friends friends() {
        return friends;
    }

    /// For who gives people their data or erases it.
    public PersonalData data() {
        return data;
    }

    /// How many there are of what, for administrators.
    public Map<String, Long> figures() {
        return Map.of("online_users", (long) people.countOnline());
    }

    @Override
    public void routes(Routes routes) {
        new FriendApi(friends).routes(routes);
    }

    @Override
    public void listeners(Outbox outbox) {
        outbox.listen(
                "people.parted",
                UserBlocked.class,
                heard -> friends.part(heard.fact().blocker(), heard.fact().blocked()));
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.daily(LocalTime.of(4, 20), "people-sweep", friends::forgetDeclined);
    }

    @Override
    public void start() {
        feed.start();
        subscription = bus.subscribe(TOPIC, hint -> heard(new String(hint, US_ASCII)));
        thread.start();
    }

    /// Those who are here go with the node.
    @Override
    public void stop() {
        thread.interrupt();
        if (subscription != null) {
            subscription.close();
        }
    }

    private void tell(Id<User> user) {
        bus.publish(TOPIC, user.toString().getBytes(US_ASCII));
    }

    private void heard(String hint) {
        Id<User> user = Id.parse(hint);
        if (user != null) {
            watches.heard(user);
        }
    }

    private void run() {
        try {
            for (int round = 1; ; round++) {
                Thread.sleep(ROUND);
                safely(attendance::settle);
                safely(round % ROUNDS_TO_ALL == 0 ? watches::lookAtAll : watches::look);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// What fails in this round is done in the next ones.
    private static void safely(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException away) {
            log.warn("who is there is told later: {}", away.toString());
        }
    }
}
