package madang.slots;

import madang.identity.PersonalData;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Db;

/// What is kept of people here: what they offered, booked and proposed in polls.
final class SlotsData implements PersonalData {
    /// More than anybody has, and little enough for one page of an export.
    private static final int MOST = 10_000;

    private final Db db;
    private final SlotStore slots;
    private final PollStore polls;

    SlotsData(Db db, SlotStore slots, PollStore polls) {
        this.db = db;
        this.slots = slots;
        this.polls = polls;
    }

    @Override
    public String section() {
        return "slots";
    }

    @Override
    public void export(Id<User> user, Archive archive) {
        archive.put("slots", db.read(tx -> slots.publishedBy(tx, user, MOST)));
        archive.put("bookings", db.read(tx -> slots.bookedBy(tx, user, MOST)));
        archive.put("polls", db.read(tx -> polls.madeBy(tx, user, MOST)));
        archive.put("votes", db.read(tx -> polls.votesOf(tx, user, MOST)));
    }

    @Override
    public void erase(Id<User> user) {
        db.run(tx -> slots.forget(tx, user));
        db.run(tx -> polls.forget(tx, user));
    }
}
