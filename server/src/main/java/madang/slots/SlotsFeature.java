package madang.slots;

import java.time.Duration;
import java.time.InstantSource;
import madang.events.EventCanceled;
import madang.events.Events;
import madang.events.ParticipantAnswered;
import madang.events.ParticipantLeft;
import madang.identity.Identity;
import madang.identity.PersonalData;
import madang.kit.Ids;
import madang.kit.db.Db;
import madang.kit.db.Outbox;
import madang.kit.feature.Feature;
import madang.kit.http.Routes;
import madang.kit.jobs.Jobs;
import madang.moderation.Moderation;

/// Builds slots and polls and hangs them up.
public final class SlotsFeature implements Feature {
    private final Slots slots;
    private final SlotApi slotApi;
    private final PollApi pollApi;
    private final PersonalData data;

    public SlotsFeature(
            Db db,
            Events events,
            Identity identity,
            Moderation moderation,
            InstantSource clock,
            Ids ids) {
        SlotStore store = new SlotStore();
        slots = new Slots(db, store, events, moderation, clock, ids);
        slotApi = new SlotApi(slots, identity, clock);
        PollStore pollStore = new PollStore();
        pollApi = new PollApi(new Polls(db, pollStore, events, identity, moderation, clock, ids));
        data = new SlotsData(db, store, pollStore);
    }

    public PersonalData data() {
        return data;
    }

    @Override
    public void routes(Routes routes) {
        slotApi.routes(routes);
        pollApi.routes(routes);
    }

    /// Heard twice, they change nothing the second time: each looks at what is.
    @Override
    public void listeners(Outbox outbox) {
        outbox.listen(
                "slots.left",
                ParticipantLeft.class,
                heard -> slots.left(heard.fact().event(), heard.fact().user()));
        outbox.listen(
                "slots.answered",
                ParticipantAnswered.class,
                heard -> {
                    ParticipantAnswered answered = heard.fact();
                    if (answered.isComing()) {
                        slots.cameBack(answered.event(), answered.user());
                    } else {
                        slots.left(answered.event(), answered.user());
                    }
                });
        outbox.listen(
                "slots.called_off",
                EventCanceled.class,
                heard -> slots.calledOff(heard.fact().event()));
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.every(Duration.ofHours(1), "slots-holds", slots::sweep);
    }
}
