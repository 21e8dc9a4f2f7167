package madang.events;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import madang.kit.Fact;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Outbox;
import madang.live.SocketMethods;
import madang.live.UserFeed;

/// Tells everybody of an event that something of it is new, on all of his sockets: what he sees of
/// it, he asks for himself. At least once, in the order in which it happened.
final class EventNews {
    private static final String CHANGED = "events.changed";

    /// So many people are told in one go.
    private static final int AT_ONCE = 500;

    private static final int CROWD = 100;

    private final Events events;
    private final UserFeed feed;

    EventNews(Events events, UserFeed feed) {
        this.events = events;
        this.feed = feed;
    }

    /// What it is about, so that a page may say it before it has looked.
    enum News {
        /// To its creator, on his other devices.
        CREATED,
        CHANGED,
        /// It comes again, or does not any more: others before and after it may be new.
        REPEATED,
        CONFIRMED,
        CANCELED,
        DONE,
        DELETED,
        /// To those who are asked to come.
        INVITED,
        /// To those who were put out.
        REMOVED,
        /// To who is said not to have come, or is not any more.
        NO_SHOW,
        /// To the others, when somebody comes, goes or answers.
        PEOPLE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    record Changed(Id<Event> event, News news) {}

    void methods(SocketMethods methods) {
        methods.pushes(
                CHANGED,
                Changed.class,
                "Something of an event of mine is new: look again. `news` tells what");
    }

    void listeners(Outbox outbox) {
        tellsAll(outbox, "changed", EventChanged.class, News.CHANGED);
        tellsAll(outbox, "confirmed", EventConfirmed.class, News.CONFIRMED);
        tellsAll(outbox, "canceled", EventCanceled.class, News.CANCELED);
        tellsAll(outbox, "done", EventDone.class, News.DONE);
        tellsAll(outbox, "deleted", EventDeleted.class, News.DELETED);
        tellsAll(outbox, "repeated", EventRepeated.class, News.REPEATED);
        outbox.listen(
                "events.news_created",
                EventCreated.class,
                heard -> {
                    if (!heard.fact().isRepeat()) {
                        tell(List.of(heard.fact().creator()), heard.fact().event(), News.CREATED);
                    }
                });
        outbox.listen(
                "events.news_no_show",
                NoShowMarked.class,
                heard -> tell(List.of(heard.fact().user()), heard.fact().event(), News.NO_SHOW));
        outbox.listen(
                "events.news_answered",
                ParticipantAnswered.class,
                heard -> people(heard.fact().event(), List.of(heard.fact().user()), News.PEOPLE));
        outbox.listen(
                "events.news_joined",
                ParticipantsJoined.class,
                heard -> people(heard.fact().event(), heard.fact().users(), News.INVITED));
        outbox.listen("events.news_left", ParticipantLeft.class, this::left);
    }

    private <F extends Fact> void tellsAll(
            Outbox outbox, String consumer, Class<F> fact, News news) {
        outbox.listen("events.news_" + consumer, fact, heard -> tellAll(eventOf(heard), news));
    }

    /// Who left of himself knows it, but his other devices do not.
    private void left(Outbox.Heard<ParticipantLeft> heard) {
        people(heard.fact().event(), List.of(heard.fact().user()), News.REMOVED);
    }

    /// Those of whom it tells hear it in words of their own. In a crowd of the others only its
    /// creator hears it: a thousand who answer would each make a thousand look again.
    private void people(Id<Event> id, List<Id<User>> subjects, News theirs) {
        tell(subjects, id, theirs);
        events.find(id)
                .map(event ->
                        event.participantCount() > CROWD
                                ? List.of(event.creator())
                                : events.people(id))
                .ifPresent(others -> tell(without(others, subjects), id, News.PEOPLE));
    }

    private static List<Id<User>> without(List<Id<User>> all, List<Id<User>> some) {
        List<Id<User>> others = new ArrayList<>(all);
        others.removeAll(some);
        return others;
    }

    private void tellAll(Id<Event> event, News news) {
        tell(events.people(event), event, news);
    }

    private void tell(List<Id<User>> users, Id<Event> event, News news) {
        for (int from = 0; from < users.size(); from += AT_ONCE) {
            feed.tell(
                    users.subList(from, Math.min(from + AT_ONCE, users.size())),
                    CHANGED,
                    new Changed(event, news));
        }
    }

    /// All facts of events are about one.
    @SuppressWarnings("unchecked")
    private static Id<Event> eventOf(Outbox.Heard<?> heard) {
        return (Id<Event>) heard.fact().aggregate();
    }
}
