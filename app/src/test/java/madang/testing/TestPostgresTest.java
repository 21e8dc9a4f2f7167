package madang.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import madang.kit.db.DatabaseAddress;
import org.junit.jupiter.api.Test;

class TestPostgresTest {

    @Test
    void neighbours_share_a_template_and_nothing_else() throws SQLException {
        AtomicInteger migrations = new AtomicInteger();
        DatabaseAddress mina = village(migrations).fresh();
        DatabaseAddress joon = village(migrations).fresh();
        execute(mina, "insert into house values ('Mina''s')");
        assertThat(migrations).hasValue(1);
        assertThat(houses(mina)).isEqualTo(2);
        assertThat(houses(joon)).isEqualTo(1);
        TestPostgres.drop(mina);
        TestPostgres.drop(joon);
        assertThatThrownBy(() -> houses(mina)).hasMessageContaining("does not exist");
    }

    private static TestPostgres.Template village(AtomicInteger migrations) {
        return TestPostgres.template(
                "village",
                address -> {
                    migrations.incrementAndGet();
                    execute(address, "create table house (name text)");
                    execute(address, "insert into house values ('the hall')");
                });
    }

    private static int houses(DatabaseAddress address) throws SQLException {
        try (Connection connection = connect(address);
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("select count(*) from house")) {
            count.next();
            return count.getInt(1);
        }
    }

    private static void execute(DatabaseAddress address, String sql) {
        try (Connection connection = connect(address);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static Connection connect(DatabaseAddress address) throws SQLException {
        return DriverManager.getConnection(
                address.jdbcUrl(), address.user(), address.password().value());
    }
}
