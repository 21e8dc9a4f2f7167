package madang.kit.db;

import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/// Brings the schema to this version of the house: one Flyway history for all features, in the
/// order of their timestamps, also of features that are switched off.
public final class Migrations {

    public static int migrate(DataSource database) {
        return Flyway.configure()
                .dataSource(database)
                .locations("classpath:madang/schema")
                .table("schema_history")
                .defaultSchema("kit")
                .createSchemas(true)
                .outOfOrder(true)
                .validateMigrationNaming(true)
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                .load()
                .migrate()
                .migrationsExecuted;
    }

    private Migrations() {}
}
