package madang.dialect.woongkie;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import madang.chat.Room;
import madang.kit.Id;
import madang.kit.http.Access;
import madang.kit.http.ApiResponse;
import madang.kit.http.Routes;

/// What this dialect did on this node, under the names that the dashboards of its operators know.
final class Figures {
    private final Map<Id<Room>, Integer> guests = new ConcurrentHashMap<>();
    private final LongAdder said = new LongAdder();
    private final LongAdder notStored = new LongAdder();
    private final LongAdder lost = new LongAdder();

    void routes(Routes own) {
        own.get(
                        "/metrics",
                        Access.ADMIN,
                        WoongkieFace.GENERAL,
                        _ -> ApiResponse.raw("text/plain; version=0.0.4; charset=utf-8", text()))
                .summary("This dialect's figures, as Prometheus reads them");
    }

    void came(Id<Room> room) {
        guests.merge(room, 1, Integer::sum);
    }

    void left(Id<Room> room) {
        guests.computeIfPresent(room, (_, sockets) -> sockets == 1 ? null : sockets - 1);
    }

    void said() {
        said.increment();
    }

    /// What was said and refused by the store; its author was warned.
    void notStored() {
        notStored.increment();
    }

    /// A room's sockets were sent to look for themselves, because the bus had lost too much.
    void lost() {
        lost.increment();
    }

    private String text() {
        return gauge(
                        "woongkie_active_ws_connections",
                        "Sockets of this dialect",
                        guests.values().stream().mapToInt(Integer::intValue).sum())
                + gauge("woongkie_rooms_active", "Rooms with such a socket", guests.size())
                + counter("woongkie_messages_total", "Messages said by its clients", said)
                + counter(
                        "woongkie_messages_dropped_total",
                        "Messages that could not be stored; each author was warned",
                        notStored)
                + counter(
                        "woongkie_redis_messages_dropped_total",
                        "Times that the bus lost more of a room than is told again",
                        lost);
    }

    private static String gauge(String name, String help, long value) {
        return series(name, "gauge", help, value);
    }

    private static String counter(String name, String help, LongAdder value) {
        return series(name, "counter", help, value.sum());
    }

    private static String series(String name, String type, String help, long value) {
        return """
        # HELP %1$s %3$s
        # TYPE %1$s %2$s
        %1$s %4$d
        """
                .formatted(name, type, help, value);
    }
}
