package madang.dialect.woongkie;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// So many sockets at the same time from one address.
final class Seats {
    private final int mostOfOneAddress;
    private final Map<String, Integer> taken = new ConcurrentHashMap<>();

    Seats(int mostOfOneAddress) {
        this.mostOfOneAddress = mostOfOneAddress;
    }

    /// A seat that was taken; leaving it twice is leaving it once.
    final class Seat {
        private final String address;
        private final AtomicBoolean isTaken = new AtomicBoolean(true);

        private Seat(String address) {
            this.address = address;
        }

        void leave() {
            if (isTaken.compareAndSet(true, false)) {
                taken.computeIfPresent(address, (_, seats) -> seats == 1 ? null : seats - 1);
            }
        }
    }

    /// Null where all seats of this address are taken.
    @Nullable Seat take(String address) {
        int seats = taken.merge(address, 1, Integer::sum);
        Seat seat = new Seat(address);
        if (seats > mostOfOneAddress) {
            seat.leave();
            return null;
        }
        return seat;
    }
}
