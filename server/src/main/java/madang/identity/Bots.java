package madang.identity;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Ids;
import madang.kit.Language;
import madang.kit.Session;
import madang.kit.User;
import madang.kit.db.Db;
import madang.kit.db.Tx;

/// Programs with an account: people make them, hand them a token, and end them. A bot's token
/// stands for one session that never runs out, so that it ends as every session does, everywhere
/// and with its sockets.
final class Bots {
    /// So many one owner has at a time.
    static final int MOST = 20;

    private final Db db;
    private final BotStore store;
    private final AccountStore accounts;
    private final Sessions sessions;
    private final BotTokens tokens;
    private final Ids ids;
    private final InstantSource clock;

    Bots(
            Db db,
            BotStore store,
            AccountStore accounts,
            Sessions sessions,
            BotTokens tokens,
            Ids ids,
            InstantSource clock) {
        this.db = db;
        this.store = store;
        this.accounts = accounts;
        this.sessions = sessions;
        this.tokens = tokens;
        this.ids = ids;
        this.clock = clock;
    }

    /// A bot and the one sight of its token.
    record WithToken(Bot bot, String token) {}

    WithToken make(Caller caller, MakeBot command) {
        String token = tokens.make();
        return db.tx(tx -> {
            requireRoomForOneMore(tx, caller.user());
            Instant now = clock.instant();
            Id<User> id = addUser(tx, command, caller.language());
            Id<Session> session = ids.next();
            sessions.openEndless(tx, session, id);
            store.add(tx, id, caller.user(), BotTokens.hash(token), session, now);
            return new WithToken(find(tx, caller, id), token);
        });
    }

    List<Bot> of(Caller caller) {
        return db.read(tx -> store.of(tx, caller.user()));
    }

    /// Another token in the place of the one that is known too widely, which ends.
    WithToken renew(Caller caller, Id<User> bot) {
        String token = tokens.make();
        return db.tx(tx -> {
            Instant now = clock.instant();
            Id<Session> session = ids.next();
            if (!store.renew(tx, bot, caller.user(), BotTokens.hash(token), session, now)) {
                throw notFound();
            }
            sessions.endAll(tx, bot, null);
            sessions.openEndless(tx, session, bot);
            return new WithToken(find(tx, caller, bot), token);
        });
    }

    /// Its token and sockets end; what it said stays, with its name.
    void end(Caller caller, Id<User> bot) {
        db.run(tx -> {
            if (!store.end(tx, bot, caller.user(), clock.instant())) {
                throw notFound();
            }
            sessions.endAll(tx, bot, null);
            tx.publish(new BotEnded(bot));
        });
    }

    /// Somebody through whom a feature speaks: a bot that nobody owns and that has no token.
    Id<User> voice(String nickname) {
        return db.tx(tx -> addUser(tx, new MakeBot(nickname, null), Language.KO));
    }

    private Id<User> addUser(Tx tx, MakeBot bot, Language language) {
        Id<User> id = ids.next();
        store.addUser(tx, id, bot, language, clock.instant());
        return id;
    }

    private Bot find(Tx tx, Caller owner, Id<User> id) {
        return store.of(tx, owner.user()).stream()
                .filter(bot -> bot.id().equals(id))
                .findFirst()
                .orElseThrow(Bots::notFound);
    }

    /// The owner's row is locked, so that many at once keep the bound. Bots make no bots.
    private void requireRoomForOneMore(Tx tx, Id<User> owner) {
        Account account =
                accounts.lock(tx, owner).orElseThrow(() -> Failure.notFound("USER_NOT_FOUND"));
        if (account.isBot()) {
            throw Failure.forbidden();
        }
        if (store.of(tx, owner).size() >= MOST) {
            throw Failure.conflict("BOT_LIMIT", MOST);
        }
    }

    private static Failure notFound() {
        return Failure.notFound("BOT_NOT_FOUND");
    }
}
