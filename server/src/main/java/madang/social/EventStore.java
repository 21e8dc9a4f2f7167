package madang.social;

import java.time.Instant;
import madang.kit.db.Tx;

/// The table `social.heard_event`.
final class EventStore {

    /// False where it was heard before.
    boolean hear(Tx tx, OidcLogin.VendorEvent event, Instant now) {
        return tx.sql(
                        """
                        insert into social.heard_event (issuer, event_id, heard_at)
                        values (:issuer, :id, :now)
                        on conflict do nothing
                        """)
                .with("issuer", event.issuer())
                .with("id", event.id())
                .with("now", now)
                .changed();
    }

    void forget(Tx tx, Instant before) {
        tx.sql("delete from social.heard_event where heard_at < :before")
                .with("before", before)
                .count();
    }
}
