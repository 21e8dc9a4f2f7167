package madang.kit.db;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import javax.sql.DataSource;
import madang.kit.CannotStart;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/// Brings the schema to this version of the house: one Flyway history for all features, in the
/// order of their timestamps, also of features that are switched off.
public final class Migrations {

    public static int migrate(DataSource database) {
        try {
            return flyway(database).migrate().migrationsExecuted;
        } catch (FlywayException refused) {
            throw isUnreachable(refused)
                    ? new CannotStart("PostgreSQL cannot be reached: " + why(refused), refused)
                    : refused;
        }
    }

    private static Flyway flyway(DataSource database) {
        return Flyway.configure()
                .dataSource(database)
                .locations("classpath:madang/schema")
                .table("schema_history")
                .defaultSchema("kit")
                .createSchemas(true)
                .outOfOrder(true)
                .validateMigrationNaming(true)
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                .load();
    }

    /// No connection (08), no such user or a wrong password (28), no such database (3D).
    private static boolean isUnreachable(FlywayException refused) {
        @Nullable SQLException cause = innermost(refused);
        @Nullable String state = cause == null ? null : cause.getSQLState();
        return cause instanceof SQLTransientConnectionException
                || (state != null && state.matches("(08|28|3D).*"));
    }

    private static String why(FlywayException refused) {
        @Nullable SQLException cause = innermost(refused);
        return cause == null ? refused.toString() : String.valueOf(cause.getMessage());
    }

    private static @Nullable SQLException innermost(Throwable thrown) {
        @Nullable SQLException found = null;
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            found = cause instanceof SQLException sql ? sql : found;
        }
        return found;
    }

    private Migrations() {}
}
