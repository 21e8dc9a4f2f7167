package madang.nodes;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;
import madang.embedded.MemoryBus;
import madang.kit.Id;
import madang.kit.db.DatabaseAddress;
import madang.kit.db.Tx;
import madang.port.Bus;

/// The bus of nodes that share a PostgreSQL (docs/decisions/postgres-bus.md). A node hears itself
/// directly and once; the others read its hints in batches from a table that no crash keeps, woken
/// by `NOTIFY`. It has connections of its own and never takes part in a sender's transaction.
public final class PostgresBus implements Bus, Nodes.Heir {
    private static final String DIED = "nodes.died";

    private final MemoryBus here = new MemoryBus();
    private final Outgoing outgoing;
    private final Incoming incoming;

    public PostgresBus(DatabaseAddress address, Id<Nodes> me) {
        outgoing = new Outgoing(address, me);
        incoming = new Incoming(address, me, here);
    }

    /// After this node is known (`Nodes.start`). Until then it hears nobody but itself.
    public void start() {
        here.subscribe(DIED, _ -> here.missed());
        incoming.start();
        outgoing.start();
    }

    public void stop() throws InterruptedException {
        outgoing.stop();
        incoming.stop();
        here.close();
    }

    @Override
    public void publish(String topic, byte[] payload) {
        here.publish(topic, payload);
        outgoing.offer(new Batch.Hint(topic, payload));
    }

    @Override
    public Subscription subscribe(String topic, Listener listener) {
        return here.subscribe(topic, listener);
    }

    /// What a node had stored and not yet told when it died, every other one must look for.
    @Override
    public void inherits(Tx tx, List<Id<Nodes>> dead) {
        tx.afterCommit(() -> publish(DIED, dead.getFirst().toString().getBytes(US_ASCII)));
    }

    /// How many hints were lost for want of room.
    public long lost() {
        return here.dropped() + outgoing.lost();
    }
}
