package madang.sandbox.stand;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Routes;
import org.jspecify.annotations.Nullable;

/// What was ordered to go wrong at the vendors. It harms nobody but the one who calls: what is held
/// is bounded in time and number, a large body is never in memory, and a stop of the house ends
/// every wait.
public final class Faults implements AutoCloseable {
    /// Longer than the patience of any client of ours.
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private static final int MOST_HELD = 64;
    private static final int MOST_ORDERED = 20;

    public enum Kind {
        /// The right answer after so many seconds.
        SLOW,
        /// A refusal in the vendor's own words, by its code.
        REFUSAL,
        /// A status with no word of the vendor in its body.
        STATUS,
        /// A page where JSON should be.
        HTML,
        /// JSON that breaks off, in bytes that are no UTF-8.
        GARBAGE,
        /// JSON of the right kind with nothing in it.
        EMPTY,
        /// Lists in lists.
        DEEP,
        /// A hundred megabytes.
        HUGE,
        /// A byte a second.
        DRIP,
        /// The request is taken and never answered.
        BLACK_HOLE,
        /// The connection is torn (RST).
        RESET
    }

    /// One order.
    ///
    /// @param path what is struck, such as `/oauth/token`; empty for all that programs call
    /// @param code of a refusal, such as `KOE320` or `-401`
    /// @param status of `STATUS`
    /// @param seconds of `SLOW`
    /// @param times how often it strikes; 0 for until it is taken back
    public record Order(Kind kind, String path, String code, int status, int seconds, int times) {}

    /// An order that is out, and how often it may still strike.
    private record Standing(Order order, AtomicInteger left) {
        boolean strikes(String path) {
            return (order.path().isEmpty() || order.path().equals(path))
                    && (order.times() == 0 || left.getAndDecrement() > 0);
        }

        boolean isOver() {
            return order.times() > 0 && left.get() <= 0;
        }
    }

    private final Map<String, OfVendor> vendors = new ConcurrentHashMap<>();
    private final Semaphore places = new Semaphore(MOST_HELD);
    private final CountDownLatch closing = new CountDownLatch(1);

    /// The faults of one vendor, who says no in these words.
    public OfVendor of(String vendor, Function<String, Refused> words) {
        OfVendor faults = new OfVendor(words);
        vendors.put(vendor, faults);
        return faults;
    }

    public List<String> vendors() {
        return vendors.keySet().stream().sorted().toList();
    }

    public @Nullable OfVendor vendor(String name) {
        return vendors.get(name);
    }

    public void clear() {
        vendors.values().forEach(OfVendor::clear);
    }

    @Override
    public void close() {
        closing.countDown();
    }

    /// What goes wrong at one vendor.
    public final class OfVendor {
        private final List<Standing> orders = new CopyOnWriteArrayList<>();
        private final Function<String, Refused> words;

        private OfVendor(Function<String, Refused> words) {
            this.words = words;
        }

        /// False where too much is ordered already.
        public boolean order(Order order) {
            orders.removeIf(Standing::isOver);
            return orders.size() < MOST_ORDERED
                    && orders.add(new Standing(order, new AtomicInteger(order.times())));
        }

        public List<Order> orders() {
            return orders.stream().filter(one -> !one.isOver()).map(Standing::order).toList();
        }

        public void clear() {
            orders.clear();
        }

        /// The fault that strikes this call, or null.
        public @Nullable Order next(String path) {
            for (Standing standing : orders) {
                if (standing.strikes(path)) {
                    return standing.order();
                }
            }
            return null;
        }

        /// Waits so long, or until the house closes; for stand-ins that speak no HTTP.
        public void pause(int seconds) {
            if (places.tryAcquire()) {
                try {
                    waits(Duration.ofSeconds(seconds));
                } finally {
                    places.release();
                }
            }
        }

        ApiResponse strike(String path, ApiRequest request, Routes.Answer answer) {
            @Nullable Order order = next(path);
            if (order == null) {
                return answer.to(request);
            }
            return switch (order.kind()) {
                case REFUSAL -> throw words.apply(order.code());
                case STATUS ->
                        ApiResponse.raw(order.status(), "text/plain", new byte[] {'n', 'o', '\n'});
                case HTML -> ApiResponse.raw("text/html", Wrongs.PAGE);
                case GARBAGE -> ApiResponse.raw(200, "application/json", Wrongs.garbage());
                case EMPTY -> ApiResponse.raw("application/json", "{}");
                case DEEP -> ApiResponse.raw(200, "application/json", Wrongs.deep());
                case SLOW -> late(request, Duration.ofSeconds(order.seconds()), answer);
                case BLACK_HOLE -> late(request, LONGEST, Faults::cut);
                case HUGE -> pouring(request, Wrongs.huge());
                case DRIP -> pouring(request, Wrongs.drip(() -> waits(Duration.ofSeconds(1))));
                case RESET -> cut(request);
            };
        }
    }

    private ApiResponse late(ApiRequest request, Duration wait, Routes.Answer answer) {
        if (!places.tryAcquire()) {
            return cut(request);
        }
        try {
            return waits(wait) ? cut(request) : answer.to(request);
        } finally {
            places.release();
        }
    }

    private ApiResponse pouring(ApiRequest request, InputStream body) {
        return ApiResponse.stream(
                "application/json",
                () -> {
                    if (!places.tryAcquire()) {
                        request.hangUp();
                        return;
                    }
                    try {
                        request.pour(body);
                    } finally {
                        places.release();
                    }
                });
    }

    private static ApiResponse cut(ApiRequest request) {
        return ApiResponse.stream("application/json", request::hangUp);
    }

    /// True where the house closes meanwhile.
    private boolean waits(Duration time) {
        try {
            return closing.await(
                    Math.min(time.toMillis(), LONGEST.toMillis()), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
