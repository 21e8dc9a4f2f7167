package madang.events;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Sql;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// Events, in SQL.
final class EventStore {
    private static final String COLUMNS =
            """
            select e.id, e.creator_id, e.title, e.description, e.location, e.start_time, e.end_time,
                   e.status, e.version, e.room_id, e.participant_count, e.created_at, e.updated_at,
                   e.deleted_at, e.series_id,
            """;

    private static final String SEEN_BY_ME =
            COLUMNS
                    + """
                    p.standing
                    from events.event e
                    join events.participant p on p.event_id = e.id and p.user_id = :me
                    """;

    private static final String SEEN_BY_THE_HOUSE =
            COLUMNS + " null::text from events.event e where ";

    private static final String MINE =
            """
            select event_id from events.participant
            where user_id = :me and not is_hidden
            """;

    private static final String STARTED_LATELY =
            """
            and start_time >= :from - interval '1 day'
            and (start_time >= :from or end_time > :from)
            """;

    private static final String STILL_GOING_ON =
            """
            and end_time - start_time > interval '1 day'
            and start_time < :from - interval '1 day' and end_time > :from
            """;

    private static final String LATEST_FIRST = " order by %s desc, %s desc limit :limit";

    /// Which events are asked for: in this status, to which the asker is this, that take place at
    /// some moment from `from` until before `to`. Null does not narrow, but what the asker declined
    /// has to be asked for.
    record Question(
            @Nullable EventStatus status,
            @Nullable Standing mine,
            @Nullable Instant from,
            @Nullable Instant to) {}

    /// Where a page ended.
    record Place(Instant startTime, Id<Event> event) {}

    /// An event that this user is in; any other is not there.
    Event visible(Tx tx, Id<Event> id, Id<User> me) {
        return tx.sql(SEEN_BY_ME + "where e.id = :id")
                .with("id", id)
                .with("me", me)
                .first(Event.class)
                .orElseThrow(Event::notFound);
    }

    /// The same, held against every other change until the transaction ends. Two statements: one
    /// that waited for the lock would go on with people as they were when it began.
    Event lockVisible(Tx tx, Id<Event> id, Id<User> me) {
        lock(tx, id);
        return visible(tx, id, me);
    }

    /// An event as the house sees it, held until the transaction ends.
    Event lock(Tx tx, Id<Event> id) {
        boolean isThere =
                !tx.sql("select id from events.event where id = :id for update")
                        .with("id", id)
                        .ids()
                        .isEmpty();
        if (!isThere) {
            throw Event.notFound();
        }
        return find(tx, id).orElseThrow(Event::notFound);
    }

    Optional<Event> find(Tx tx, Id<Event> id) {
        return tx.sql(SEEN_BY_THE_HOUSE + "e.id = :id").with("id", id).first(Event.class);
    }

    /// What this user comes to and what was not over then, the earliest first.
    List<Event> ahead(Tx tx, Id<User> me, Instant from, int limit) {
        return tx.sql(
                        SEEN_BY_ME
                                + """
                                where p.standing in ('CREATOR', 'ACCEPTED') and not p.is_hidden
                                  and p.event_status <> 'CANCELED' and e.end_time >= :from
                                order by p.start_time, p.event_id limit :limit
                                """)
                .with("me", me)
                .with("from", from)
                .with("limit", limit)
                .list(Event.class);
    }

    /// My events behind this place, the latest start first. What I declined is not among them.
    List<Event> page(Tx tx, Id<User> me, Question asked, @Nullable Place after, int limit) {
        return tx.sql(
                        SEEN_BY_ME
                                + "join ("
                                + found(asked, after)
                                + ") found on found.event_id = e.id"
                                + LATEST_FIRST.formatted("e.start_time", "e.id"))
                .with("me", me)
                .with("mine", asked.mine())
                .with("status", asked.status())
                .with("from", asked.from())
                .with("to", asked.to())
                .with("at", after == null ? null : after.startTime())
                .with("last", after == null ? null : after.event())
                .with("limit", limit)
                .list(Event.class);
    }

    /// What starts in the stretch, or up to a day before it; and of what lasts longer than that
    /// whatever is still going on.
    private static String found(Question asked, @Nullable Place after) {
        String narrowed = narrowed(asked, after);
        return asked.from() == null
                ? mine(narrowed)
                : "("
                        + mine(STARTED_LATELY + narrowed)
                        + ") union all ("
                        + mine(STILL_GOING_ON + narrowed)
                        + ")";
    }

    private static String mine(String narrowed) {
        return MINE + narrowed + LATEST_FIRST.formatted("start_time", "event_id");
    }

    /// Only what is asked stands in the statement, so that each has an index of its own.
    private static String narrowed(Question asked, @Nullable Place after) {
        return (asked.mine() == null ? " and standing <> 'DECLINED'" : " and standing = :mine")
                + (asked.status() == null ? "" : " and event_status = :status")
                + (asked.to() == null ? "" : " and start_time < :to")
                + (after == null ? "" : " and (start_time, event_id) < (:at, :last)");
    }

    /// The events of a series from this start of it on, held until the transaction ends.
    List<Series.Occurrence> lockOccurrences(Tx tx, Id<Series> series, Instant from) {
        tx.sql(
                        """
                        select id from events.event
                        where series_id = :series and series_start >= :from
                        order by series_start for update
                        """)
                .with("series", series)
                .with("from", from)
                .ids();
        return tx.sql(
                        COLUMNS
                                + """
                                null::text, e.series_start from events.event e
                                where e.series_id = :series and e.series_start >= :from
                                order by e.series_start
                                """)
                .with("series", series)
                .with("from", from)
                .list(Series.Occurrence.class);
    }

    void add(Tx tx, Event event) {
        written(
                        tx.sql(
                                """
                                insert into events.event (id, creator_id, title, description, location,
                                                          start_time, end_time, status, version, room_id,
                                                          created_at, updated_at)
                                values (:id, :creator, :title, :description, :location,
                                        :startTime, :endTime, :status, :version, :room,
                                        :createdAt, :updatedAt)
                                """),
                        event)
                .count();
        written(
                        tx.sql(
                                """
                                insert into events.participant (event_id, user_id, standing, invited_at,
                                                                start_time, end_time, event_status)
                                values (:id, :creator, 'CREATOR', :createdAt, :startTime, :endTime, :status)
                                """),
                        event)
                .count();
    }

    /// Stores what changed, also where it stands copied beside its people.
    void change(Tx tx, Event event) {
        written(
                        tx.sql(
                                """
                                update events.event
                                set title = :title, description = :description, location = :location,
                                    start_time = :startTime, end_time = :endTime, status = :status,
                                    version = :version, updated_at = :updatedAt, deleted_at = :deletedAt
                                where id = :id
                                """),
                        event)
                .count();
        written(
                        tx.sql(
                                """
                                update events.participant
                                set start_time = :startTime, end_time = :endTime,
                                    event_status = :status, is_hidden = :isHidden
                                where event_id = :id
                                  and (start_time, end_time, event_status, is_hidden)
                                      <> (:startTime, :endTime, :status, :isHidden)
                                """),
                        event)
                .count();
    }

    private static Sql written(Sql statement, Event event) {
        return statement.with(event).with("isHidden", event.deletedAt() != null);
    }

    /// All events before this one, the newest first.
    List<Event> newest(Tx tx, @Nullable EventStatus status, @Nullable Id<Event> before, int limit) {
        return tx.sql(
                        SEEN_BY_THE_HOUSE
                                + "true"
                                + (status == null ? "" : " and e.status = :status")
                                + (before == null ? "" : " and e.id < :before")
                                + " order by e.id desc limit :limit")
                .with("status", status)
                .with("before", before)
                .with("limit", limit)
                .list(Event.class);
    }

    record Count(EventStatus status, long events) {}

    List<Count> countByStatus(Tx tx) {
        return tx.sql("select status, count(*) from events.event group by status")
                .list(Count.class);
    }

    /// Confirmed events that are over, the longest over first.
    List<Id<Event>> over(Tx tx, Instant now, int limit) {
        return tx.sql(
                        """
                        select id from events.event
                        where status = 'CONFIRMED' and end_time <= :now
                        order by end_time limit :limit
                        """)
                .with("now", now)
                .with("limit", limit)
                .ids();
    }
}
