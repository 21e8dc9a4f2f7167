package madang.calendar;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import madang.calendar.CalendarViews.CalendarEventView;
import madang.calendar.CalendarViews.CalendarEventsView;
import madang.calendar.CalendarViews.ConnectionState;
import madang.calendar.CalendarViews.StatusView;
import madang.events.Event;
import madang.events.EventStatus;
import madang.events.Events;
import madang.events.Standing;
import madang.identity.Identity;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Db;
import madang.social.CalendarGrant;
import madang.social.Social;
import org.jspecify.annotations.Nullable;

/// People's other calendars: everything that may be asked of them.
public final class Calendar {
    private static final Duration LONGEST_RANGE = Duration.ofDays(366);
    private static final Duration FEED_LOOKS_BACK = Duration.ofDays(90);
    private static final int MOST_SHOWN = 250;
    private static final int MOST_WRITTEN = 2_000;
    private static final int MOST_IN_FEED = 2_000;
    private static final int TOKEN_BYTES = 32;

    private final Db db;
    private final ConnectionStore connections;
    private final EntryStore entries;
    private final FeedStore feeds;
    private final Rounds rounds;
    private final Channels channels;
    private final Events events;
    private final Social social;
    private final Identity identity;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    Calendar(
            Sync.Tools tools,
            FeedStore feeds,
            Rounds rounds,
            Channels channels,
            Social social,
            Identity identity) {
        this.db = tools.db();
        this.connections = tools.connections();
        this.entries = tools.entries();
        this.feeds = feeds;
        this.rounds = rounds;
        this.channels = channels;
        this.events = tools.events();
        this.social = social;
        this.identity = identity;
        this.clock = tools.clock();
    }

    // Google Calendar

    StatusView status(Caller caller) {
        Optional<Connection> connection = connection(caller.user());
        Optional<CalendarGrant> grant = social.calendar(caller.user());
        ConnectionState state =
                connection
                        .map(one ->
                                switch (one.state()) {
                                    case ACTIVE ->
                                            grant.filter(CalendarGrant::isGiven).isPresent()
                                                    ? ConnectionState.CONNECTED
                                                    : ConnectionState.NEEDS_RECONNECT;
                                    case NEEDS_RECONNECT -> ConnectionState.NEEDS_RECONNECT;
                                })
                        .orElse(ConnectionState.NOT_CONNECTED);
        return new StatusView(
                state == ConnectionState.CONNECTED,
                state,
                connection.isEmpty() ? null : grant.map(CalendarGrant::email).orElse(null),
                connection.map(Connection::connectedAt).orElse(null),
                connection.map(Connection::syncedAt).orElse(null));
    }

    /// What takes place in his calendar, as it stands there now: from the first of this month to
    /// the next one in his zone, where he does not say. Nothing of it is kept.
    CalendarEventsView between(Caller caller, @Nullable Instant from, @Nullable Instant to) {
        requireConnected(caller.user());
        ZoneId zone = zone(caller.user());
        Instant begin = from == null ? firstOfMonth(zone) : from;
        Instant end = to == null ? begin.atZone(zone).plusMonths(1).toInstant() : to;
        if (!end.isAfter(begin)) {
            throw Failure.invalid("end_time", "calendar_range_end");
        }
        if (Duration.between(begin, end).compareTo(LONGEST_RANGE) > 0) {
            throw Failure.invalid("end_time", "calendar_range", LONGEST_RANGE.toDays());
        }
        List<CalendarEventView> found =
                reconnecting(
                                caller.user(),
                                () -> rounds.remote(caller.user()).between(begin, end, MOST_SHOWN))
                        .stream()
                        .map(event -> CalendarEventView.of(event, zone))
                        .toList();
        return new CalendarEventsView(found, begin, end, found.size());
    }

    /// Writes an event to the caller's calendar now, and keeps it the same from then on; also one
    /// that he has not answered yet.
    CalendarEventView write(Caller caller, Id<Event> id) {
        Event event = events.find(caller, id);
        if (event.status() == EventStatus.CANCELED || event.mine() == Standing.DECLINED) {
            throw Failure.conflict("CALENDAR_EVENT_OVER");
        }
        Id<User> user = caller.user();
        requireConnected(user);
        Instant now = clock.instant();
        db.run(tx -> {
            entries.add(tx, user, List.of(id), now);
            connections.look(tx, user, now);
        });
        return reconnecting(user, () -> rounds.alone(user, sync -> written(sync, user, id)))
                .map(written -> CalendarEventView.of(written, zone(user)))
                .orElseThrow(() -> Failure.conflict("CALENDAR_EVENT_OVER"));
    }

    private Optional<RemoteEvent> written(Sync sync, Id<User> user, Id<Event> event) {
        return db.read(tx -> entries.of(tx, user, event)).flatMap(sync::write);
    }

    /// What stands there stays there, and is his own from now on.
    void disconnect(Caller caller) {
        Connection connection =
                connection(caller.user())
                        .orElseThrow(() -> Failure.notFound("CALENDAR_NOT_CONNECTED"));
        channels.close(connection, rounds.remote(caller.user()));
        db.run(tx -> {
            connections.remove(tx, caller.user());
            social.endCalendar(tx, caller.user());
        });
    }

    /// His calendar was opened to us, for the first time or again: everything that he comes to and
    /// that is not over is written there.
    void connect(Id<User> user) {
        Optional<CalendarGrant> grant = social.calendar(user).filter(CalendarGrant::isGiven);
        if (grant.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        List<Id<Event>> ahead =
                events.ahead(user, now, MOST_WRITTEN).stream().map(Event::id).toList();
        db.run(tx -> {
            connections.connect(tx, user, grant.get().subject(), now);
            entries.add(tx, user, ahead, now);
            tx.afterCommit(rounds::wake);
        });
    }

    /// Something about an event is not what it was; for this user maybe that he comes.
    void touch(Id<Event> event, @Nullable Id<User> comer) {
        Instant now = clock.instant();
        db.run(tx -> {
            if (comer != null) {
                entries.add(tx, comer, List.of(event), now);
            }
            entries.touch(tx, event, now);
            connections.lookAt(tx, event, now);
            tx.afterCommit(rounds::wake);
        });
    }

    /// Google says that a calendar has changed, by a channel of ours. What and how is asked of him.
    void ring(String channel, String secret) {
        boolean isHeard =
                channels.isProven(channel, secret)
                        && db.tx(tx -> {
                            tx.afterCommit(rounds::wake);
                            return connections.pull(tx, channel, clock.instant());
                        });
        if (!isHeard) {
            throw Failure.notFound("CALENDAR_CHANNEL_NOT_FOUND");
        }
    }

    // Files and feeds

    Event event(Caller caller, Id<Event> id) {
        return events.find(caller, id);
    }

    /// The secret of a new feed, to be seen once; the one before is none any more.
    record NewFeed(String token, Instant createdAt) {}

    NewFeed makeFeed(Caller caller) {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant now = clock.instant();
        db.run(tx -> feeds.put(tx, caller.user(), hash(token), now));
        return new NewFeed(token, now);
    }

    void endFeed(Caller caller) {
        if (!db.tx(tx -> feeds.remove(tx, caller.user()))) {
            throw noFeed();
        }
    }

    /// What the owner of this feed comes to: the last months and all that lies ahead.
    List<Event> feed(String token) {
        Id<User> user = db.read(tx -> feeds.userOf(tx, hash(token))).orElseThrow(Calendar::noFeed);
        return events.ahead(user, clock.instant().minus(FEED_LOOKS_BACK), MOST_IN_FEED);
    }

    private static Failure noFeed() {
        return Failure.notFound("CALENDAR_FEED_NOT_FOUND");
    }

    // Parts

    private void requireConnected(Id<User> user) {
        Connection connection =
                connection(user).orElseThrow(() -> Failure.conflict("CALENDAR_NOT_CONNECTED"));
        if (connection.state() == Connection.State.NEEDS_RECONNECT) {
            throw needsReconnect();
        }
    }

    private interface Asking<T> {
        T ask();
    }

    /// A token that is refused for good is told as what it means to its user.
    private <T> T reconnecting(Id<User> user, Asking<T> asking) {
        try {
            return asking.ask();
        } catch (Failure failed) {
            if (!RemoteCalendar.isRefusal(failed)) {
                throw failed;
            }
            db.run(tx -> connections.needsReconnect(tx, user));
            throw needsReconnect();
        }
    }

    private static Failure needsReconnect() {
        return Failure.conflict("CALENDAR_NEEDS_RECONNECT");
    }

    private Optional<Connection> connection(Id<User> user) {
        return db.read(tx -> connections.of(tx, user));
    }

    private Instant firstOfMonth(ZoneId zone) {
        return clock.instant()
                .atZone(zone)
                .with(TemporalAdjusters.firstDayOfMonth())
                .with(LocalTime.MIN)
                .truncatedTo(ChronoUnit.SECONDS)
                .toInstant();
    }

    private ZoneId zone(Id<User> user) {
        return identity.account(user).map(me -> ZoneId.of(me.timeZone())).orElse(ZoneId.of("UTC"));
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
