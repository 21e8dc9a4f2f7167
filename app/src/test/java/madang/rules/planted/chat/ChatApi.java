package madang.rules.planted.chat;

import madang.kit.db.Tx;

/// An endpoint with SQL in it.
final class ChatApi {
    boolean isEmpty(Tx tx) {
        return tx.sql("select from chat.room").count() == 0;
    }
}
