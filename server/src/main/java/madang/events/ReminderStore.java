package madang.events;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// Who wishes to be reminded, and what has been told, in SQL.
final class ReminderStore {

    /// A place in the order in which events begin.
    record Place(Instant startTime, Id<Event> event) {

        /// Behind everything that begins at this moment.
        static Place behind(Instant moment) {
            return new Place(moment, new Id<>(new UUID(-1L, -1L)));
        }
    }

    /// Somebody who is told, and whether by mail as well.
    record Reminded(Id<User> user, boolean byMail) {}

    Optional<ReminderWish> wish(Tx tx, Id<User> user) {
        return tx.sql(
                        """
                        select three_days, one_day, by_mail from events.reminder_wish
                        where user_id = :user
                        """)
                .with("user", user)
                .first(ReminderWish.class);
    }

    void put(Tx tx, Id<User> user, ReminderWish wish) {
        tx.sql(
                        """
                        insert into events.reminder_wish (user_id, three_days, one_day, by_mail)
                        values (:user, :threeDays, :oneDay, :byMail)
                        on conflict (user_id) do update
                        set three_days = :threeDays, one_day = :oneDay, by_mail = :byMail
                        """)
                .with("user", user)
                .with(wish)
                .count();
    }

    /// How far was told so many days ahead, held until the transaction ends; `start` where nothing
    /// was told yet.
    Place lockPosition(Tx tx, int days, Place start) {
        move(tx, days, start, "do nothing");
        return tx.sql(
                        """
                        select start_time, event_id from events.reminder_position
                        where days_before = :days for update
                        """)
                .with("days", days)
                .one(Place.class);
    }

    void move(Tx tx, int days, Place place) {
        move(tx, days, place, "do update set start_time = :startTime, event_id = :event");
    }

    private static void move(Tx tx, int days, Place place, String wherePresent) {
        tx.sql(
                        """
                        insert into events.reminder_position (days_before, start_time, event_id)
                        values (:days, :startTime, :event) on conflict (days_before)
                        """
                                + wherePresent)
                .with("days", days)
                .with(place)
                .count();
    }

    /// Open events that begin behind this place and until this moment, the first one first.
    List<Place> toCome(Tx tx, Place after, Instant until, int limit) {
        return tx.sql(
                        """
                        select start_time, id from events.event
                        where status in ('PROPOSED', 'CONFIRMED') and deleted_at is null
                          and (start_time, id) > (:at, :last) and start_time <= :until
                        order by start_time, id limit :limit
                        """)
                .with("at", after.startTime())
                .with("last", after.event())
                .with("until", until)
                .with("limit", limit)
                .list(Place.class);
    }

    /// Who takes part in an event and wishes to be told so many days ahead, behind this one.
    List<Reminded> people(Tx tx, Id<Event> event, int days, @Nullable Id<User> after, int limit) {
        return tx.sql(
                        """
                        select p.user_id, coalesce(w.by_mail, false)
                        from events.participant p
                        left join events.reminder_wish w on w.user_id = p.user_id
                        where p.event_id = :event and p.standing <> 'DECLINED'
                          and coalesce(case :days when 3 then w.three_days when 1 then w.one_day end, true)
                          and (:after::uuid is null or p.user_id > :after)
                        order by p.user_id limit :limit
                        """)
                .with("event", event)
                .with("days", days)
                .with("after", after)
                .with("limit", limit)
                .list(Reminded.class);
    }

    void forget(Tx tx, Id<User> user) {
        tx.sql("delete from events.reminder_wish where user_id = :user").with("user", user).count();
    }
}
