package madang.port;

import java.util.List;

/// Carries hints between the nodes of one Madang: "something happened in room 7, look". The truth
/// lies in the database; whoever misses a hint finds what it told by looking there.
///
/// Guaranteed: what one publisher says on one topic reaches a listener in that order. A publisher
/// never waits, and a listener that fails or is slow costs others at most their hints. A bus that
/// lost hints says so as soon as it knows.
///
/// Not guaranteed: that a hint arrives (a bus that is full or cut off drops it), that it arrives
/// once (a reconnecting bus may repeat it), or any order between topics or publishers.
public interface Bus {
    /// Payloads are hints, not freight; each adapter carries at least this many bytes.
    int MAX_PAYLOAD = 64 * 1024;

    /// Tells every listener of the topic on every node, this one included. Costs next to nothing
    /// where nobody listens. The bytes belong to the bus from now on.
    void publish(String topic, byte[] payload);

    /// Listens until the subscription is closed. The listener runs on the bus's thread, one call at
    /// a time for a topic: it must not block for long, and must not change the bytes, which others
    /// hear as well.
    Subscription subscribe(String topic, Listener listener);

    /// Who hears a topic.
    interface Listener {
        void hears(byte[] payload);

        /// What waited for this listener, in order.
        default void hearsAll(List<byte[]> payloads) {
            payloads.forEach(this::hears);
        }

        /// Hints of the topic may have been lost: time to look at the truth.
        default void missed() {}
    }

    /// A listener's place. Closing it twice does nothing; a hint on its way may still arrive.
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
