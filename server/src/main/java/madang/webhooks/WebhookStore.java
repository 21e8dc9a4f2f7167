package madang.webhooks;

import java.util.List;
import java.util.Optional;
import madang.chat.Room;
import madang.kit.Id;
import madang.kit.db.Tx;

/// The table `webhooks.webhook`.
final class WebhookStore {

    /// Nobody else makes or counts webhooks of this room until the transaction ends.
    void lock(Tx tx, Id<Room> room) {
        tx.sql("select pg_advisory_xact_lock(hashtextextended('webhooks ' || :room::text, 0))")
                .with("room", room)
                .count();
    }

    void add(Tx tx, Webhook webhook, byte[] tokenHash) {
        tx.sql(
                        """
                        insert into webhooks.webhook (
                            id, room_id, voice_id, token_hash, created_by, created_at)
                        values (:id, :room, :voice, :tokenHash, :createdBy, :createdAt)
                        """)
                .with(webhook)
                .with("tokenHash", tokenHash)
                .count();
    }

    /// All of a room, the oldest first.
    List<Webhook> of(Tx tx, Id<Room> room) {
        return tx.sql(
                        """
                        select id, room_id, voice_id, created_by, created_at
                        from webhooks.webhook where room_id = :room order by id
                        """)
                .with("room", room)
                .list(Webhook.class);
    }

    Optional<Webhook> byToken(Tx tx, byte[] tokenHash) {
        return tx.sql(
                        """
                        select id, room_id, voice_id, created_by, created_at
                        from webhooks.webhook where token_hash = :tokenHash
                        """)
                .with("tokenHash", tokenHash)
                .first(Webhook.class);
    }

    /// False where the room has no such webhook.
    boolean remove(Tx tx, Id<Room> room, Id<Webhook> id) {
        return tx.sql("delete from webhooks.webhook where id = :id and room_id = :room")
                .with("id", id)
                .with("room", room)
                .changed();
    }

    void removeAll(Tx tx, Id<Room> room) {
        tx.sql("delete from webhooks.webhook where room_id = :room").with("room", room).count();
    }
}
