package madang.kit.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import madang.kit.Fact;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An open transaction, held as a value: who has it may ask and change, who has none cannot. Only a
/// feature's API opens one (`db.tx`); stores take it.
public final class Tx {
    private static final Logger log = LoggerFactory.getLogger(Tx.class);

    private final Connection connection;
    private final Outbox outbox;
    private final List<Runnable> afterCommit = new ArrayList<>(0);

    Tx(Connection connection, Outbox outbox) {
        this.connection = connection;
        this.outbox = outbox;
    }

    public Sql sql(String text) {
        return new Sql(connection, text);
    }

    /// Tells the house what happened, if this transaction commits: listeners hear it afterwards, at
    /// least once, in order with the other facts of its aggregate.
    public void publish(Fact fact) {
        outbox.write(this, fact);
    }

    /// Claims a fact for a listener inside the transaction of its effect: false if it was processed
    /// before.
    public boolean processed(String consumer, Outbox.Heard<?> heard) {
        return sql("""
        insert into kit.processed (consumer, fact_id) values (:consumer, :fact)
        on conflict do nothing
        """)
                .with("consumer", consumer)
                .with("fact", heard.id())
                .changed();
    }

    /// Runs when the outermost transaction has committed; never when it rolled back. For hints that
    /// may be lost; what must not be lost is a fact.
    public void afterCommit(Runnable hint) {
        afterCommit.add(hint);
    }

    /// Runs `step` under a savepoint: what it throws undoes its changes and leaves the transaction
    /// usable.
    public <T> T savepoint(Supplier<T> step) {
        int hints = afterCommit.size();
        Savepoint before = savepoint();
        try {
            T result = step.get();
            connection.releaseSavepoint(before);
            return result;
        } catch (SQLException refused) {
            throw Sql.inWords(new StatementFailed(refused));
        } catch (RuntimeException undone) {
            backTo(before, undone);
            afterCommit.subList(hints, afterCommit.size()).clear();
            throw undone;
        }
    }

    private Savepoint savepoint() {
        try {
            return connection.setSavepoint();
        } catch (SQLException refused) {
            throw Sql.inWords(new StatementFailed(refused));
        }
    }

    private void backTo(Savepoint before, RuntimeException why) {
        try {
            connection.rollback(before);
        } catch (SQLException lost) {
            RuntimeException failed = Sql.inWords(new StatementFailed(lost));
            failed.addSuppressed(why);
            throw failed;
        }
    }

    /// What was committed stays so, whatever a hint does.
    void committed() {
        for (Runnable hint : afterCommit) {
            try {
                hint.run();
            } catch (RuntimeException lost) {
                log.error("a hint after a commit was lost", lost);
            }
        }
    }
}
