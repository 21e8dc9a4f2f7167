package madang.app;

import java.time.InstantSource;
import madang.kit.CannotStart;
import madang.kit.ErrorReporter;
import madang.kit.Ids;
import madang.kit.Texts;
import madang.kit.Vault;
import madang.kit.db.DatabaseAddress;
import madang.kit.db.Db;
import madang.kit.db.Migrations;
import madang.kit.db.Outbox;
import madang.kit.db.OutboxRelay;
import madang.kit.http.Limits;
import madang.kit.jobs.Jobs;
import madang.kit.json.Json;
import madang.kit.settings.DatabaseSettings;
import madang.kit.settings.NodeSettings;
import madang.kit.settings.SecretSettings;
import madang.kit.settings.ServerSettings;
import madang.kit.settings.Settings;
import madang.port.Bus;
import madang.sandbox.MovableClock;

/// What every feature stands on: settings, time and names, the database with its facts and jobs,
/// and the other nodes.
///
/// @param writes the connections of the room writers
record Ground(
        Settings settings,
        Json json,
        MovableClock clock,
        Ids ids,
        Texts texts,
        ErrorReporter errors,
        Limits bounds,
        Outbox outbox,
        Db db,
        Db writes,
        OutboxRelay relay,
        Jobs jobs,
        Neighbours neighbours) {

    private static final String FACTS = "kit.facts";

    /// Nothing runs before `start`.
    static Ground of(
            Settings settings,
            DatabaseAddress database,
            Json json,
            InstantSource time,
            ErrorReporter errors,
            Texts texts) {
        MovableClock clock = new MovableClock(time);
        Ids ids = new Ids(clock);
        Outbox outbox = new Outbox(json, clock);
        Db db = new Db(database, FromSettings.requests(settings), outbox);
        Neighbours neighbours =
                Neighbours.of(
                        settings.get(NodeSettings.class).bus(settings.get(DatabaseSettings.class)),
                        database,
                        db,
                        ids);
        OutboxRelay relay = new OutboxRelay(db, outbox, clock, ids);
        shareFacts(relay, neighbours);
        return new Ground(
                settings,
                json,
                clock,
                ids,
                texts,
                errors,
                new Limits(FromSettings.rates(settings), clock),
                outbox,
                db,
                new Db(database, FromSettings.writers(settings), outbox),
                relay,
                new Jobs(errors, ids),
                neighbours);
    }

    /// Whoever carries the facts of an aggregate hears at once that there is one, wherever it was
    /// published.
    private static void shareFacts(OutboxRelay relay, Neighbours neighbours) {
        relay.shares(neighbours::live, () -> neighbours.bus().publish(FACTS, new byte[0]));
        neighbours.bus().subscribe(FACTS, _ -> relay.wake());
    }

    <T extends Record> T settings(Class<T> type) {
        return settings.get(type);
    }

    ServerSettings server() {
        return settings.get(ServerSettings.class);
    }

    Vault vault() {
        return settings.get(SecretSettings.class).vault();
    }

    Bus bus() {
        return neighbours.bus();
    }

    void migrate() {
        Migrations.migrate(db.dataSource());
    }

    /// A node that may not be here leaves nothing behind.
    void meetNeighbours() {
        try {
            neighbours.start();
        } catch (CannotStart refused) {
            closeDatabase();
            throw refused;
        }
    }

    /// When nobody needs it any more.
    void stop() throws InterruptedException {
        neighbours.stop();
        closeDatabase();
    }

    private void closeDatabase() {
        writes.close();
        db.close();
    }
}
