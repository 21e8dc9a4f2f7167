package madang.app;

import static madang.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import madang.kit.CannotStart;
import madang.kit.db.DatabaseAddress;
import madang.testing.House;
import madang.testing.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How many nodes may run on one database, and what decides it.
class NodesTest {
    private static final Map<String, String> SHARED = Map.of("MADANG_BUS", "postgresql");
    private static final Map<String, String> ALONE = Map.of("MADANG_BUS", "memory");
    private DatabaseAddress database;

    @BeforeEach
    void open() {
        database = House.freshDatabase();
    }

    @AfterEach
    void close() {
        TestPostgres.drop(database);
    }

    @Test
    void a_second_node_on_a_bus_in_memory_is_refused_and_told_the_setting() {
        try (House first = House.on(database, ALONE)) {
            assertThat(health(first, "bus")).isEqualTo("memory");
            assertThatThrownBy(() -> House.on(database, ALONE))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("MADANG_BUS=postgresql on both nodes");
            assertThatThrownBy(() -> House.on(database, SHARED))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("MADANG_BUS=postgresql there as well");
        }
        try (House afterwards = House.on(database, ALONE)) {
            assertThat(health(afterwards, "nodes")).isEqualTo("1");
        }
    }

    @Test
    void nodes_on_a_shared_bus_know_each_other_and_suffer_none_that_is_deaf() {
        try (House first = House.on(database, SHARED)) {
            try (House second = House.on(database, SHARED)) {
                assertThat(health(first, "bus")).isEqualTo("postgresql");
                eventually(() -> health(first, "nodes").equals("2"));
                eventually(() -> health(second, "nodes").equals("2"));
                assertThatThrownBy(() -> House.on(database, ALONE)).isInstanceOf(CannotStart.class);
            }
            eventually(() -> health(first, "nodes").equals("1"));
        }
    }

    private static String health(House house, String figure) {
        return house.operator()
                .get("/api/v1/health/detailed")
                .data()
                .get("figures")
                .get(figure)
                .asString();
    }
}
