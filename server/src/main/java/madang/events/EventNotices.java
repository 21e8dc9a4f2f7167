package madang.events;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import madang.chat.Chat;
import madang.identity.Identity;
import madang.identity.UserView;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Outbox;
import madang.kit.json.Timestamps;
import org.jspecify.annotations.Nullable;

/// Tells an event's chat what happened to it: rows of its history that each reader's client puts
/// into words. They are appended when their fact is heard, under its number, so that hearing it
/// twice tells it once.
final class EventNotices {
    private final Events events;
    private final Chat chat;
    private final Identity identity;

    EventNotices(Events events, Chat chat, Identity identity) {
        this.events = events;
        this.chat = chat;
        this.identity = identity;
    }

    void listeners(Outbox outbox) {
        outbox.listen(
                "events.notice_created",
                EventCreated.class,
                heard -> {
                    if (!heard.fact().isRepeat()) {
                        tell(
                                heard,
                                heard.fact().event(),
                                "event_created",
                                by(heard.fact().creator()));
                    }
                });
        outbox.listen(
                "events.notice_repeated",
                EventRepeated.class,
                heard ->
                        tell(
                                heard,
                                heard.fact().event(),
                                heard.fact().isLast() ? "event_last" : "event_repeated",
                                by(heard.fact().by())));
        outbox.listen("events.notice_changed", EventChanged.class, this::changed);
        outbox.listen(
                "events.notice_confirmed",
                EventConfirmed.class,
                heard ->
                        tell(
                                heard,
                                heard.fact().event(),
                                "event_confirmed",
                                by(heard.fact().by())));
        outbox.listen(
                "events.notice_canceled",
                EventCanceled.class,
                heard ->
                        tell(heard, heard.fact().event(), "event_canceled", by(heard.fact().by())));
        outbox.listen(
                "events.notice_done",
                EventDone.class,
                heard -> tell(heard, heard.fact().event(), "event_done", by(heard.fact().by())));
        outbox.listen("events.notice_joined", ParticipantsJoined.class, this::joined);
        outbox.listen(
                "events.notice_answered",
                ParticipantAnswered.class,
                heard ->
                        tell(
                                heard,
                                heard.fact().event(),
                                heard.fact().isComing() ? "event_accepted" : "event_declined",
                                by(heard.fact().user())));
        outbox.listen(
                "events.notice_left",
                ParticipantLeft.class,
                heard ->
                        tell(
                                heard,
                                heard.fact().event(),
                                heard.fact().wasRemoved() ? "event_removed" : "event_left",
                                by(heard.fact().user())));
    }

    /// A notice for each thing that is different; of words it only tells that they are, because
    /// they may have to go one day.
    private void changed(Outbox.Heard<EventChanged> heard) {
        EventChanged fact = heard.fact();
        for (EventField field : fact.what()) {
            switch (field) {
                case TITLE, DESCRIPTION, LOCATION ->
                        tell(heard, fact.event(), "event_changed_" + field, by(fact.by()));
                case START_TIME, END_TIME -> moved(heard);
            }
        }
    }

    /// Told once, whether its start moved, its end or both.
    private void moved(Outbox.Heard<EventChanged> heard) {
        EventChanged fact = heard.fact();
        events.find(fact.event())
                .ifPresent(event -> {
                    Map<String, String> args = new HashMap<>(by(fact.by()));
                    args.put("start_time", Timestamps.format(event.startTime()));
                    args.put("end_time", Timestamps.format(event.endTime()));
                    tell(heard, fact.event(), "event_moved", args);
                });
    }

    private void joined(Outbox.Heard<ParticipantsJoined> heard) {
        ParticipantsJoined fact = heard.fact();
        int count = fact.users().size();
        if (count > 1) {
            tell(heard, fact.event(), "event_invited_many", Map.of("count", String.valueOf(count)));
        } else {
            boolean cameByHimself =
                    switch (fact.method()) {
                        case CREATOR, FRIEND -> false;
                        case LINK, QR -> true;
                    };
            tell(
                    heard,
                    fact.event(),
                    cameByHimself ? "event_joined" : "event_invited",
                    by(fact.users().getFirst()));
        }
    }

    private void tell(Outbox.Heard<?> heard, Id<Event> id, String code, Map<String, String> args) {
        events.find(id).ifPresent(event -> chat.notice(event.room(), code, args, key(heard, code)));
    }

    /// One fact may be told as several notices, each once.
    private static String key(Outbox.Heard<?> heard, String code) {
        return "fact:" + heard.id() + ":" + code;
    }

    /// Of who is gone nothing is told but that he acted: his name would stay behind.
    private Map<String, String> by(@Nullable Id<User> user) {
        if (user == null) {
            return Map.of();
        }
        @Nullable UserView known =
                identity.isHere(user) ? identity.people(List.of(user)).get(user) : null;
        return Map.of("user", user.toString(), "nickname", known == null ? "" : known.nickname());
    }
}
