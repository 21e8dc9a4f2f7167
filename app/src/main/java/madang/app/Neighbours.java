package madang.app;

import java.util.Locale;
import madang.embedded.MemoryBus;
import madang.embedded.MemoryPresence;
import madang.kit.Ids;
import madang.kit.db.DatabaseAddress;
import madang.kit.db.Db;
import madang.kit.settings.BusKind;
import madang.nodes.Nodes;
import madang.nodes.Nodes.Company;
import madang.nodes.PostgresBus;
import madang.nodes.PostgresPresence;
import madang.port.Bus;
import madang.port.Presence;

/// What this node shares with others, and the one place that chooses through what.
record Neighbours(BusKind kind, Nodes nodes, Bus bus, Presence presence, Part life) {

    interface Part {
        void start();

        void stop() throws InterruptedException;
    }

    static Neighbours of(BusKind kind, DatabaseAddress database, Db db, Ids ids) {
        return switch (kind) {
            case MEMORY -> alone(new Nodes(database, db, Company.ALONE, ids));
            case POSTGRESQL -> shared(database, db, new Nodes(database, db, Company.SHARED, ids));
        };
    }

    private static Neighbours alone(Nodes nodes) {
        MemoryBus bus = new MemoryBus();
        Part life =
                new Part() {
                    @Override
                    public void start() {
                        nodes.start();
                    }

                    @Override
                    public void stop() throws InterruptedException {
                        nodes.stop();
                        bus.close();
                    }
                };
        return new Neighbours(BusKind.MEMORY, nodes, bus, new MemoryPresence(), life);
    }

    private static Neighbours shared(DatabaseAddress database, Db db, Nodes nodes) {
        PostgresBus bus = new PostgresBus(database, nodes.me());
        PostgresPresence presence = new PostgresPresence(db, nodes.me());
        nodes.onDeath(bus);
        nodes.onDeath(presence);
        nodes.onReturn(presence::sayAgain);
        Part life =
                new Part() {
                    @Override
                    public void start() {
                        nodes.start();
                        bus.start();
                        presence.start();
                    }

                    @Override
                    public void stop() throws InterruptedException {
                        presence.stop();
                        bus.stop();
                        nodes.stop();
                    }
                };
        return new Neighbours(BusKind.POSTGRESQL, nodes, bus, presence, life);
    }

    /// After the migrations, before everything that tells or hears.
    void start() {
        life.start();
    }

    /// After everything that tells or hears; what was said last is still heard.
    void stop() throws InterruptedException {
        life.stop();
    }

    /// How many nodes live, this one included.
    int live() {
        return nodes.live();
    }

    String busName() {
        return kind.toString().toLowerCase(Locale.ROOT);
    }
}
