package madang.embedded;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.concurrent.locks.LockSupport;

/// A Madang reduced to its database, to be killed. Says where it listens and stays until it dies;
/// a refusal goes to stderr and ends it.
final class PostgresProcess {

    private PostgresProcess() {}

    public static void main(String[] arguments) throws Exception {
        long start = System.nanoTime();
        EmbeddedPostgres postgres = EmbeddedPostgres.start(Path.of(arguments[0]));
        long millis = (System.nanoTime() - start) / 1_000_000;
        System.out.println("listening " + postgres.address().jdbcUrl() + " " + millis);
        while (true) {
            LockSupport.park();
        }
    }
}
