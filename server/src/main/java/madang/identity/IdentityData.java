package madang.identity;

import java.time.InstantSource;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Db;

/// Accounts, sessions and bots as the rights of people ask for them. The account itself is emptied
/// as the very last thing, by who erases: `Identity.empty`.
final class IdentityData implements PersonalData {
    private final Db db;
    private final AccountStore accounts;
    private final DepartureStore departures;
    private final BotStore bots;
    private final Identity identity;
    private final InstantSource clock;

    IdentityData(
            Db db,
            AccountStore accounts,
            DepartureStore departures,
            BotStore bots,
            Identity identity,
            InstantSource clock) {
        this.db = db;
        this.accounts = accounts;
        this.departures = departures;
        this.bots = bots;
        this.identity = identity;
        this.clock = clock;
    }

    @Override
    public String section() {
        return "account";
    }

    @Override
    public void export(Id<User> user, Archive archive) {
        db.read(tx -> accounts.byId(tx, user))
                .ifPresent(account -> archive.put("account", account.me()));
        archive.put("sign-ins", db.read(tx -> departures.signIns(tx, user)));
        archive.put("bots", db.read(tx -> bots.of(tx, user)));
    }

    /// The bots are his: they end with him.
    @Override
    public void erase(Id<User> user) {
        for (Id<User> bot : identity.bots(user)) {
            db.run(tx -> {
                if (bots.end(tx, bot, user, clock.instant())) {
                    tx.publish(new BotEnded(bot));
                }
            });
        }
    }
}
