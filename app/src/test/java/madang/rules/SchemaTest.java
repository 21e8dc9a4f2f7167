package madang.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import madang.kit.db.DatabaseAddress;
import madang.testing.House;
import madang.testing.TestPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The schema as PostgreSQL knows it, after every migration and a first night of jobs.
class SchemaTest {
    private static House house;

    @BeforeAll
    static void a_first_night() {
        house = House.open();
        house.wiring().relay().turnPartitions();
    }

    @AfterAll
    static void done() {
        house.close();
    }

    @ParameterizedTest
    @EnumSource
    void the_schema_keeps_it(SchemaRule rule) throws SQLException {
        try (Connection connection = connect(house.database())) {
            assertThat(rule.broken(connection)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void it_bites(SchemaRule rule) throws SQLException {
        DatabaseAddress database = House.freshDatabase();
        try (Connection connection = connect(database)) {
            rule.plant(connection);
            assertThat(rule.broken(connection)).containsExactly(rule.culprit());
        } finally {
            TestPostgres.drop(database);
        }
    }

    @Test
    void the_nightly_partitions_were_looked_at() throws SQLException {
        try (Connection connection = connect(house.database());
                Statement statement = connection.createStatement();
                ResultSet count =
                        statement.executeQuery(
                                "select count(*) from pg_inherits where inhparent = 'kit.fact'::regclass")) {
            count.next();
            assertThat(count.getInt(1)).isGreaterThan(1);
        }
    }

    @Test
    void the_page_about_the_database_tells_what_postgresql_tells()
            throws SQLException, IOException {
        DatabaseAddress database = House.freshDatabase();
        try (Connection connection = connect(database)) {
            Made.sameAs(Path.of("docs/database.md"), DatabasePage.of(connection));
        } finally {
            TestPostgres.drop(database);
        }
    }

    private static Connection connect(DatabaseAddress address) throws SQLException {
        return DriverManager.getConnection(
                address.jdbcUrl(), address.user(), address.password().value());
    }
}
