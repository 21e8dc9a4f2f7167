package madang.embedded;

import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/// A Madang reduced to its database, made to be killed. Says where it listens and after how many
/// milliseconds, and stays; or says why not, and ends.
final class PostgresProcess {

    private PostgresProcess() {}

    public static void main(String[] arguments) {
        long start = System.nanoTime();
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.start(Path.of(arguments[0]));
            long millis = (System.nanoTime() - start) / 1_000_000;
            System.out.println("listens " + postgres.address().jdbcUrl() + " " + millis);
            while (true) {
                LockSupport.park();
            }
        } catch (CannotStartPostgres refused) {
            System.out.println("refused " + refused.getMessage());
        }
    }
}
