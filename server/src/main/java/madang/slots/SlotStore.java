package madang.slots;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import madang.events.Event;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Tx;
import madang.slots.WeeklyHours.Span;
import org.jspecify.annotations.Nullable;

/// Slots, in SQL. Places are counted, never kept as a number: a hold that is over takes none.
final class SlotStore {
    private static final String LIVE =
            "(b.state = 'BOOKED' or (b.state = 'HELD' and b.held_until > :now))";

    /// Slots of one host lie too near each other where less than the larger buffer is between them.
    /// No slot and no buffer is longer than a day, which bounds where the index looks.
    private static final String BLOCKED =
            """
            exists (
                select from slots.slot o
                where o.host_id = s.host_id and o.id <> s.id and o.closed_at is null
                  and o.start_time > s.start_time - interval '2 days'
                  and o.start_time < s.end_time + interval '1 day'
                  and o.start_time < s.end_time
                      + make_interval(mins => greatest(o.buffer_minutes, s.buffer_minutes))
                  and s.start_time < o.end_time
                      + make_interval(mins => greatest(o.buffer_minutes, s.buffer_minutes))
                  and exists (select from slots.booking b where b.slot_id = o.id and
            """
                    + LIVE
                    + "))";

    private static final String SLOTS =
            """
            select s.id, s.host_id, s.series_id, s.title, s.description, s.category, s.region,
                   s.location, s.tags, s.price, s.capacity, s.buffer_minutes, s.notice_minutes,
                   s.start_time, s.end_time, s.event_id, s.closed_at, live.taken,
            """
                    + BLOCKED
                    + """
                    , mine.state, mine.held_until
                    from slots.slot s
                    cross join lateral (
                        select count(*)::int as taken from slots.booking b
                        where b.slot_id = s.id and
                    """
                    + LIVE
                    + """
                    ) live
                    left join lateral (
                        select b.state, b.held_until from slots.booking b
                        where b.slot_id = s.id and b.user_id = :me and
                    """
                    + LIVE
                    + ") mine on true ";

    /// Which slots are asked for; null does not narrow.
    record Question(
            @Nullable String region,
            @Nullable Category category,
            @Nullable Id<User> host,
            Instant from,
            @Nullable Instant to,
            boolean availableOnly) {}

    /// Where a page ended.
    record Place(Instant startTime, Id<Slot> slot) {}

    Optional<Slot> find(Tx tx, Id<Slot> id, @Nullable Id<User> me, Instant now) {
        return tx.sql(SLOTS + "where s.id = :id")
                .with("id", id)
                .with("me", me)
                .with("now", now)
                .first(Slot.class);
    }

    /// Open slots behind this place, the next first.
    List<Slot> page(
            Tx tx,
            Question asked,
            @Nullable Id<User> me,
            @Nullable Place after,
            Instant now,
            int limit) {
        return tx.sql(
                        SLOTS
                                + "where s.closed_at is null and s.start_time >= :from"
                                + narrowed(asked, after)
                                + " order by s.start_time, s.id limit :limit")
                .with("me", me)
                .with("now", now)
                .with("region", asked.region())
                .with("category", asked.category())
                .with("host", asked.host())
                .with("from", asked.from())
                .with("to", asked.to())
                .with("at", after == null ? null : after.startTime())
                .with("last", after == null ? null : after.slot())
                .with("limit", limit)
                .list(Slot.class);
    }

    /// Only what is asked stands in the statement, so that each has an index of its own.
    private static String narrowed(Question asked, @Nullable Place after) {
        StringBuilder narrowed = new StringBuilder();
        if (asked.region() != null) {
            narrowed.append(" and s.region = :region");
        }
        if (asked.category() != null) {
            narrowed.append(" and s.category = :category");
        }
        if (asked.host() != null) {
            narrowed.append(" and s.host_id = :host");
        }
        if (asked.to() != null) {
            narrowed.append(" and s.start_time < :to");
        }
        if (asked.availableOnly()) {
            narrowed.append(
                    " and live.taken < s.capacity and not "
                            + BLOCKED
                            + " and s.start_time - make_interval(mins => s.notice_minutes) >= :now");
        }
        if (after != null) {
            narrowed.append(" and (s.start_time, s.id) > (:at, :last)");
        }
        return narrowed.toString();
    }

    /// The slot that this event came of.
    Optional<Id<Slot>> ofEvent(Tx tx, Id<Event> event) {
        return tx
                .sql("select id from slots.slot where event_id = :event")
                .with("event", event)
                .<Slot>ids()
                .stream()
                .findFirst();
    }

    int countOpen(Tx tx, Id<User> host, Instant now) {
        return tx.sql(
                        """
                        select count(*)::int from slots.slot
                        where host_id = :host and closed_at is null and start_time > :now
                        """)
                .with("host", host)
                .with("now", now)
                .one(Integer.class);
    }

    /// Whoever books from a host, or changes what he offers, waits here for who did so before.
    void lockHost(Tx tx, Id<User> host) {
        tx.sql("select pg_advisory_xact_lock(hashtextextended('slots ' || :host::text, 0)) is null")
                .with("host", host)
                .one(Boolean.class);
    }

    void add(
            Tx tx,
            Id<User> host,
            @Nullable Id<Slot.Series> series,
            Offer offer,
            List<Id<Slot>> ids,
            List<Span> spans,
            Instant now) {
        tx.sql(
                        """
                        insert into slots.slot (id, host_id, series_id, title, description, category,
                                                region, location, tags, price, capacity,
                                                buffer_minutes, notice_minutes, start_time, end_time,
                                                created_at)
                        select new.id, :host, :series, :title, :description,
                               coalesce(:category::text, 'OTHER'), :region, :location, :tags,
                               coalesce(:price::int, 0), coalesce(:capacity::int, 1),
                               coalesce(:bufferMinutes::int, 0), coalesce(:noticeMinutes::int, 0),
                               new.start_time, new.end_time, :now
                        from unnest(:ids::uuid[], :starts::timestamptz[], :ends::timestamptz[])
                            as new(id, start_time, end_time)
                        """)
                .with("host", host)
                .with("series", series)
                .with("title", offer.title().strip())
                .with("description", offer.description())
                .with("category", offer.category())
                .with("region", offer.region())
                .with("location", offer.location())
                .withTexts("tags", offer.tags() == null ? List.of() : offer.tags())
                .with("price", offer.price())
                .with("capacity", offer.capacity())
                .with("bufferMinutes", offer.bufferMinutes())
                .with("noticeMinutes", offer.noticeMinutes())
                .withIds("ids", ids)
                .withInstants("starts", spans.stream().map(Span::startTime).toList())
                .withInstants("ends", spans.stream().map(Span::endTime).toList())
                .with("now", now)
                .count();
    }

    void hasEvent(Tx tx, Id<Slot> slot, @Nullable Id<Event> event) {
        tx.sql("update slots.slot set event_id = :event where id = :slot")
                .with("slot", slot)
                .with("event", event)
                .count();
    }

    /// False where it was closed before.
    boolean close(Tx tx, Id<Slot> slot, Instant now) {
        return tx.sql(
                        "update slots.slot set closed_at = :now where id = :slot and closed_at is null")
                .with("slot", slot)
                .with("now", now)
                .changed();
    }

    /// Closes those of a series of this host that nobody has a place in; how many that were.
    int closeFree(Tx tx, Id<User> host, Id<Slot.Series> series, Instant now) {
        return tx.sql(
                        """
                        update slots.slot s set closed_at = :now
                        where s.series_id = :series and s.host_id = :host and s.closed_at is null
                          and not exists (select from slots.booking b where b.slot_id = s.id and
                        """
                                + LIVE
                                + ")")
                .with("series", series)
                .with("host", host)
                .with("now", now)
                .count();
    }

    boolean isSeriesOf(Tx tx, Id<User> host, Id<Slot.Series> series) {
        return tx.sql(
                        """
                        select exists (
                            select from slots.slot where series_id = :series and host_id = :host)
                        """)
                .with("series", series)
                .with("host", host)
                .one(Boolean.class);
    }

    // Bookings

    /// Takes a place for this user, in the place of one that he had.
    void take(
            Tx tx,
            Id<Slot> slot,
            Id<User> user,
            BookingState state,
            @Nullable Instant heldUntil,
            Instant now) {
        tx.sql(
                        """
                        insert into slots.booking (slot_id, user_id, state, held_until, changed_at)
                        values (:slot, :user, :state, :heldUntil, :now)
                        on conflict (slot_id, user_id) do update
                            set state = excluded.state, held_until = excluded.held_until,
                                changed_at = excluded.changed_at
                        """)
                .with("slot", slot)
                .with("user", user)
                .with("state", state)
                .with("heldUntil", heldUntil)
                .with("now", now)
                .count();
    }

    /// False where he had none.
    boolean give(Tx tx, Id<Slot> slot, Id<User> user, Instant now) {
        return tx.sql(
                        """
                        update slots.booking b
                        set state = 'CANCELED', held_until = null, changed_at = :now
                        where slot_id = :slot and user_id = :user and
                        """
                                + LIVE)
                .with("slot", slot)
                .with("user", user)
                .with("now", now)
                .changed();
    }

    void giveAll(Tx tx, Id<Slot> slot, Instant now) {
        tx.sql(
                        """
                        update slots.booking
                        set state = 'CANCELED', held_until = null, changed_at = :now
                        where slot_id = :slot and state <> 'CANCELED'
                        """)
                .with("slot", slot)
                .with("now", now)
                .count();
    }

    boolean isBooked(Tx tx, Id<Slot> slot) {
        return tx.sql(
                        """
                        select exists (
                            select from slots.booking where slot_id = :slot and state = 'BOOKED')
                        """)
                .with("slot", slot)
                .one(Boolean.class);
    }

    int heldBy(Tx tx, Id<User> user, Instant now) {
        return tx.sql(
                        """
                        select count(*)::int from slots.booking
                        where user_id = :user and state = 'HELD' and held_until > :now
                        """)
                .with("user", user)
                .with("now", now)
                .one(Integer.class);
    }

    int forgetHolds(Tx tx, Instant before) {
        return tx.sql("delete from slots.booking where state = 'HELD' and held_until < :before")
                .with("before", before)
                .count();
    }

    // Rights of people

    /// A slot of mine, as I take it away.
    record Published(
            String title,
            Category category,
            Instant startTime,
            Instant endTime,
            boolean isClosed) {}

    /// A booking of mine.
    record Booked(Id<Slot> slot, BookingState state, Instant changedAt) {}

    List<Published> publishedBy(Tx tx, Id<User> host, int limit) {
        return tx.sql(
                        """
                        select title, category, start_time, end_time, closed_at is not null
                        from slots.slot where host_id = :host order by start_time desc limit :limit
                        """)
                .with("host", host)
                .with("limit", limit)
                .list(Published.class);
    }

    List<Booked> bookedBy(Tx tx, Id<User> user, int limit) {
        return tx.sql(
                        """
                        select slot_id, state, changed_at from slots.booking
                        where user_id = :user order by changed_at desc limit :limit
                        """)
                .with("user", user)
                .with("limit", limit)
                .list(Booked.class);
    }

    void forget(Tx tx, Id<User> user) {
        tx.sql("delete from slots.booking where user_id = :user").with("user", user).count();
        tx.sql(
                        """
                        delete from slots.booking b using slots.slot s
                        where s.id = b.slot_id and s.host_id = :user
                        """)
                .with("user", user)
                .count();
        tx.sql("delete from slots.slot where host_id = :user").with("user", user).count();
    }
}
