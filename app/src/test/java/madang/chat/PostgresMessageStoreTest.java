package madang.chat;

import java.time.Duration;
import java.time.InstantSource;
import madang.kit.db.DatabaseAddress;
import madang.kit.db.Db;
import madang.kit.db.Outbox;
import madang.kit.json.Json;
import madang.testing.House;
import madang.testing.TestPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresMessageStoreTest extends MessageStoreContract {
    private static DatabaseAddress database;
    private static Db reads;
    private static Db writes;

    @BeforeAll
    static void open() {
        database = House.freshDatabase();
        Outbox outbox = new Outbox(new Json(), InstantSource.system());
        reads = new Db(database, Db.Pool.named("reads", 4, 0, Duration.ofMinutes(5)), outbox);
        writes = new Db(database, Db.Pool.named("writes", 8, 0, Duration.ofMinutes(5)), outbox);
    }

    @AfterAll
    static void close() {
        reads.close();
        writes.close();
        TestPostgres.drop(database);
    }

    @Override
    protected MessageStore store() {
        return new PostgresMessageStore(reads, writes, new Json());
    }

    @Override
    protected void inTransaction(Runnable work) {
        reads.run(_ -> work.run());
    }
}
