package madang.social;

import madang.kit.db.Db;
import madang.social.Stand.Somebody;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Http;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// What the tests of providers share: a house that knows three of them, and people who come by one.
abstract class Providers {
    static Stand stand;
    static House house;

    @BeforeAll
    static void open() {
        stand = new Stand();
        house = House.open(stand.settings());
    }

    @AfterAll
    static void close() {
        house.close();
        stand.close();
    }

    static Somebody somebody(String nickname) {
        return new Somebody(Stand.fresh(), nickname, null, false, null);
    }

    /// A program signs in.
    static Answer enters(Provider provider, Somebody who) {
        Answer begun = house.stranger().get("/api/v1/auth/" + provider);
        return bring(
                house.stranger(), provider, stand.agrees(begun.text("authorization_url"), who));
    }

    static Answer bring(Http http, Provider provider, String back) {
        String code = back.replaceAll(".*[?&]code=|&.*", "");
        return http.post(
                "/api/v1/auth/" + provider + "/callback",
                "{\"code\":\"%s\",\"state\":\"%s\"}".formatted(code, state(back)));
    }

    static String state(String address) {
        return address.replaceAll(".*[?&]state=|&.*", "");
    }

    static Http bearer(Answer in) {
        return house.stranger().with("Authorization", "Bearer " + in.text("access_token"));
    }

    static String json(String name, String value) {
        return "{\"%s\":\"%s\"}".formatted(name, value);
    }

    static Db db() {
        return house.wiring().db();
    }

    static long count(House where, String sql) {
        return where.wiring().db().read(tx -> tx.sql(sql).one(Long.class));
    }
}
