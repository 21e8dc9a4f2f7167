package madang.events;

import java.time.Instant;
import madang.identity.PersonalData;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Db;

/// What hangs on events, as the rights of people ask for it: the links that somebody made, what he
/// has come again, how he is reminded, and where he is said not to have come.
final class PlansData implements PersonalData {
    /// More than anybody has, and little enough for one page of an export.
    private static final int MOST = 5_000;

    private final Db db;
    private final InviteStore links;
    private final SeriesStore series;
    private final ReminderStore reminders;
    private final NoShowStore noShows;

    PlansData(
            Db db,
            InviteStore links,
            SeriesStore series,
            ReminderStore reminders,
            NoShowStore noShows) {
        this.db = db;
        this.links = links;
        this.series = series;
        this.reminders = reminders;
        this.noShows = noShows;
    }

    @Override
    public String section() {
        return "plans";
    }

    /// A link as its maker takes it away: the code is a secret of the event.
    record MadeLink(
            Id<Event> eventId, int maxUses, int uses, Instant createdAt, Instant expiresAt) {
        static MadeLink of(InviteLink link) {
            return new MadeLink(
                    link.eventId(),
                    link.maxUses(),
                    link.uses(),
                    link.createdAt(),
                    link.expiresAt());
        }
    }

    @Override
    public void export(Id<User> user, Archive archive) {
        archive.put(
                "invite_links",
                db.read(tx -> links.madeBy(tx, user, MOST)).stream().map(MadeLink::of).toList());
        archive.put("series", db.read(tx -> series.madeBy(tx, user)));
        db.read(tx -> reminders.wish(tx, user)).ifPresent(wish -> archive.put("reminders", wish));
        archive.put("no_shows", db.read(tx -> noShows.missedBy(tx, user, null, MOST)));
    }

    @Override
    public void erase(Id<User> user) {
        db.run(tx -> links.forget(tx, user));
        db.run(tx -> series.forget(tx, user));
        db.run(tx -> reminders.forget(tx, user));
        db.run(tx -> noShows.forget(tx, user));
    }
}
