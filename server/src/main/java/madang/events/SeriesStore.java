package madang.events;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// What comes again, in SQL.
final class SeriesStore {
    private static final String SERIES =
            """
            select id, creator_id, rule, time_zone, first_start, first_end, title, description,
                   location, is_confirmed, created_at
            from events.series
            """;

    /// Where an event stands in its series.
    record Place(Id<Event> event, Instant start) {}

    /// Lets one after the other plan what this user's series are: each of them may touch many
    /// events, whose rows two would take in different orders.
    void takeTurn(Tx tx, Id<User> creator) {
        tx.sql(
                        """
                        select 1 from pg_advisory_xact_lock(hashtextextended('events.series ' || :creator::text, 0))
                        """)
                .with("creator", creator)
                .one(Integer.class);
    }

    Optional<Series> find(Tx tx, Id<Series> id) {
        return tx.sql(SERIES + "where id = :id").with("id", id).first(Series.class);
    }

    void add(Tx tx, Series series) {
        tx.sql(
                        """
                        insert into events.series (id, creator_id, rule, time_zone, first_start, first_end,
                                                   title, description, location, is_confirmed, created_at)
                        values (:id, :creatorId, :rule, :timeZone, :first, :firstEnd, :title, :description,
                                :location, :isConfirmed, :createdAt)
                        """)
                .with(series)
                .with(series.recurrence())
                .count();
    }

    /// What may change of a series while it stands: where it ends, whether what it makes is
    /// confirmed, and when it is looked after again.
    void change(Tx tx, Series series, @Nullable Instant dueAt) {
        tx.sql(
                        """
                        update events.series set rule = :rule, is_confirmed = :isConfirmed, due_at = :dueAt
                        where id = :id
                        """)
                .with(series)
                .with(series.recurrence())
                .with("dueAt", dueAt)
                .count();
    }

    /// How many of this user's series still make events.
    int countOf(Tx tx, Id<User> creator) {
        return tx.sql(
                        """
                        select count(*)::int from events.series
                        where creator_id = :creator and due_at is not null
                        """)
                .with("creator", creator)
                .one(Integer.class);
    }

    /// Puts events at these starts of a series.
    void place(Tx tx, Id<Series> series, List<Place> places) {
        tx.sql(
                        """
                        update events.event e set series_id = :series, series_start = at.start
                        from unnest(:events::uuid[], :starts::timestamptz[]) as at(event_id, start)
                        where e.id = at.event_id
                        """)
                .with("series", series)
                .withIds("events", places.stream().map(Place::event).toList())
                .withInstants("starts", places.stream().map(Place::start).toList())
                .count();
    }

    Instant startOf(Tx tx, Id<Event> event) {
        return tx.sql("select series_start from events.event where id = :event")
                .with("event", event)
                .one(Instant.class);
    }

    /// The last event that was made of a series.
    Place last(Tx tx, Id<Series> series) {
        return tx.sql(
                        """
                        select id, series_start from events.event
                        where series_id = :series order by series_start desc limit 1
                        """)
                .with("series", series)
                .one(Place.class);
    }

    void dropIfEmpty(Tx tx, Id<Series> series) {
        tx.sql(
                        """
                        delete from events.series s
                        where s.id = :series
                          and not exists (select from events.event e where e.series_id = s.id)
                        """)
                .with("series", series)
                .count();
    }

    /// Series that want looking after, and whose they are.
    record Due(Id<Series> series, Id<User> creator) {}

    List<Due> due(Tx tx, Instant now, int limit) {
        return tx.sql(
                        """
                        select id, creator_id from events.series
                        where due_at <= :now order by due_at limit :limit
                        """)
                .with("now", now)
                .with("limit", limit)
                .list(Due.class);
    }

    boolean isDue(Tx tx, Id<Series> series, Instant now) {
        return !tx.sql("select id from events.series where id = :series and due_at <= :now")
                .with("series", series)
                .with("now", now)
                .ids()
                .isEmpty();
    }

    /// Open events of a series, from this start of it on, in which somebody has another standing
    /// than he wants.
    List<Id<Event>> toAnswer(
            Tx tx, Id<Series> series, Instant from, Id<User> user, Standing wanted) {
        return tx.sql(
                        """
                        select e.id from events.event e
                        join events.participant p on p.event_id = e.id and p.user_id = :user
                        where e.series_id = :series and e.series_start >= :from
                          and e.status in ('PROPOSED', 'CONFIRMED')
                          and p.standing not in ('CREATOR', :wanted)
                        order by e.series_start
                        """)
                .with("series", series)
                .with("from", from)
                .with("user", user)
                .with("wanted", wanted)
                .ids();
    }

    List<Series> madeBy(Tx tx, Id<User> user) {
        return tx.sql(SERIES + "where creator_id = :user order by id")
                .with("user", user)
                .list(Series.class);
    }

    void forget(Tx tx, Id<User> user) {
        tx.sql(
                        """
                        update events.event set series_id = null, series_start = null
                        where series_id in (select id from events.series where creator_id = :user)
                        """)
                .with("user", user)
                .count();
        tx.sql("delete from events.series where creator_id = :user").with("user", user).count();
    }
}
