package madang.rules.planted.chat;

import madang.kit.db.Db;

/// A store that opens its own transactions.
final class RoomStore {
    int rooms(Db db) {
        return db.tx(tx -> tx.sql("select count(*) from chat.room").one(Integer.class));
    }
}
