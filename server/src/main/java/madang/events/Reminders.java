package madang.events;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import madang.chat.Chat;
import madang.events.ReminderStore.Place;
import madang.events.ReminderStore.Reminded;
import madang.kit.Caller;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Db;
import madang.kit.db.Outbox;
import madang.kit.db.Tx;
import madang.live.UserFeed;
import madang.recovery.Reminding;
import org.jspecify.annotations.Nullable;

/// Reminds people of what is to come, three days and one day ahead: as a line in the event's chat,
/// on their own open sockets, and by mail where somebody wishes it.
///
/// Each event passes the border of so many days once, as time goes on; the house remembers how far
/// that border has come, and moves it in the transaction in which the facts are written. So nothing
/// is told twice or forgotten, whoever stops in between; an event that is moved passes it anew, one
/// that was made later than that never did, and is not told of.
final class Reminders {
    static final String PUSH = "events.reminder";
    private static final String MAIL = "events.reminder-mail";
    private static final int EVENTS_AT_ONCE = 200;
    private static final int PEOPLE_AT_ONCE = 500;

    /// How long before its start an event is told of, and when that is too late because the next
    /// reminder is due, or it has begun.
    private enum Ahead {
        THREE_DAYS(3, 1),
        ONE_DAY(1, 0);

        private final int days;
        private final int useless;

        Ahead(int days, int useless) {
            this.days = days;
            this.useless = useless;
        }
    }

    private final Db db;
    private final ReminderStore store;
    private final Events events;
    private final Chat chat;
    private final UserFeed feed;
    private final Reminding mails;
    private final InstantSource clock;

    Reminders(
            Db db,
            ReminderStore store,
            Events events,
            Chat chat,
            UserFeed feed,
            Reminding mails,
            InstantSource clock) {
        this.db = db;
        this.store = store;
        this.events = events;
        this.chat = chat;
        this.feed = feed;
        this.mails = mails;
        this.clock = clock;
    }

    /// What the sockets of somebody are pushed.
    record Reminder(Id<Event> event, String title, Instant startTime, int days) {}

    ReminderWish wish(Caller caller) {
        return db.read(tx -> store.wish(tx, caller.user())).orElse(ReminderWish.USUAL);
    }

    ReminderWish put(Caller caller, ReminderWish wish) {
        db.run(tx -> store.put(tx, caller.user(), wish));
        return wish;
    }

    void listeners(Outbox outbox) {
        outbox.listen(PUSH, EventComesNear.class, this::tell);
        outbox.listen(MAIL, EventComesNear.class, this::mail);
    }

    /// Finds what has come near since the last time.
    void look() {
        for (Ahead ahead : Ahead.values()) {
            boolean isThereMore = true;
            while (isThereMore) {
                isThereMore = db.tx(tx -> look(tx, ahead));
            }
        }
    }

    private boolean look(Tx tx, Ahead ahead) {
        Instant now = clock.instant();
        Instant border = now.plus(Duration.ofDays(ahead.days));
        Place told = store.lockPosition(tx, ahead.days, Place.behind(border));
        Instant useless = now.plus(Duration.ofDays(ahead.useless));
        Place from = told.startTime().isBefore(useless) ? Place.behind(useless) : told;
        List<Place> near = store.toCome(tx, from, border, EVENTS_AT_ONCE);
        near.forEach(place ->
                tx.publish(new EventComesNear(place.event(), place.startTime(), ahead.days)));
        boolean isThereMore = near.size() == EVENTS_AT_ONCE;
        if (isThereMore) {
            store.move(tx, ahead.days, near.getLast());
        } else if (told.startTime().isBefore(border)) {
            store.move(tx, ahead.days, Place.behind(border));
        }
        return isThereMore;
    }

    private void tell(Outbox.Heard<EventComesNear> heard) {
        EventComesNear fact = heard.fact();
        stillComing(fact)
                .ifPresent(event -> {
                    chat.notice(
                            event.room(),
                            fact.days() == 1 ? "event_tomorrow" : "event_soon",
                            Map.of("days", String.valueOf(fact.days())),
                            "fact:" + heard.id());
                    Reminder reminder =
                            new Reminder(event.id(), event.title(), event.startTime(), fact.days());
                    eachPage(
                            fact,
                            page ->
                                    feed.tell(
                                            page.stream().map(Reminded::user).toList(),
                                            PUSH,
                                            reminder));
                });
    }

    private void mail(Outbox.Heard<EventComesNear> heard) {
        EventComesNear fact = heard.fact();
        if (stillComing(fact).isEmpty()) {
            return;
        }
        db.run(tx -> {
            if (tx.processed(MAIL, heard)) {
                eachPage(
                        fact,
                        page ->
                                page.stream()
                                        .filter(Reminded::byMail)
                                        .forEach(one ->
                                                mails.remind(
                                                        tx,
                                                        one.user(),
                                                        fact.startTime(),
                                                        "/events/" + fact.event())));
            }
        });
    }

    private Optional<Event> stillComing(EventComesNear fact) {
        return events.find(fact.event())
                .filter(event -> event.status().isOpen() && event.deletedAt() == null)
                .filter(event -> event.startTime().equals(fact.startTime()));
    }

    private interface Page {
        void take(List<Reminded> people);
    }

    private void eachPage(EventComesNear fact, Page taker) {
        @Nullable Id<User> last = null;
        while (true) {
            @Nullable Id<User> after = last;
            List<Reminded> people =
                    db.read(tx ->
                            store.people(tx, fact.event(), fact.days(), after, PEOPLE_AT_ONCE));
            if (people.isEmpty()) {
                return;
            }
            taker.take(people);
            last = people.getLast().user();
        }
    }
}
