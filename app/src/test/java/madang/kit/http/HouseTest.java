package madang.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import madang.testing.House;
import org.junit.jupiter.api.Test;

final class HouseTest {
    @Test
    void a_house_opens_and_knows_who_is_there() {
        try (House house = House.open()) {
            assertThat(house.stranger().get("/ready").text()).isEqualTo("{\"status\":\"ok\"}");
            var mina = house.person("mina");
            assertThat(mina.http().get("/api/v1/auth/me").data().get("username").stringValue())
                    .isEqualTo("mina");
            assertThat(house.stranger().get("/api/v1/auth/me").status()).isEqualTo(401);
        }
    }
}
