package madang.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import madang.embedded.EmbeddedPostgres;

/// One or more nodes of one Madang as processes: one with a PostgreSQL of its own, which dies with
/// it, or several on one that is nobody's, with one folder for all files.
public final class Nodes implements AutoCloseable {
    private final List<ChildHouse> houses = new ArrayList<>();
    private final EmbeddedPostgres shared;
    private final Runnable killPostgres;

    private Nodes(EmbeddedPostgres shared, Runnable killPostgres) {
        this.shared = shared;
        this.killPostgres = killPostgres;
    }

    /// `folder` is empty, and the caller's to delete.
    public static Nodes open(int count, Path folder) {
        if (count == 1) {
            ChildHouse house = ChildHouse.start();
            Nodes one = new Nodes(null, house::killPostgres);
            one.houses.add(house);
            return one;
        }
        EmbeddedPostgres shared = EmbeddedPostgres.start(folder.resolve("database"));
        Nodes nodes = new Nodes(shared, () -> PostgresProcess.below(folder).kill());
        for (int i = 0; i < count; i++) {
            nodes.houses.add(ChildHouse.on(shared.address(), folder.resolve("data")));
        }
        return nodes;
    }

    public List<ChildHouse> houses() {
        return houses;
    }

    public void killPostgres() {
        killPostgres.run();
    }

    @Override
    public void close() {
        houses.forEach(ChildHouse::close);
        if (shared != null) {
            shared.close();
        }
    }
}
