package madang.sandbox.google;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import madang.sandbox.stand.Courier;
import madang.sandbox.stand.Randoms;

/// Channels by which the product wants to hear that a calendar has changed. What is told is that
/// something changed and nothing more; it may come late, twice or not at all, which a test can
/// order. Only the house itself is ever called, whatever host an address names.
final class CalendarChannels {
    static final Duration LONGEST = Duration.ofDays(7);
    private static final int MOST = 1_000;
    private static final int MOST_ID = 64;
    private static final int MOST_TOKEN = 256;

    /// What becomes of news on the way.
    enum Delivery {
        ONCE,
        TWICE,
        NEVER
    }

    private record Channel(
            String user,
            String id,
            String token,
            String address,
            String resourceId,
            Instant until,
            AtomicLong messages) {}

    private final Map<String, Channel> open = new ConcurrentHashMap<>();
    private final Predicate<String> mayKnow;
    private final Courier courier;
    private final InstantSource clock;
    private volatile Delivery delivery = Delivery.ONCE;

    /// @param mayKnow whether the product still may know of this person's calendar
    CalendarChannels(Predicate<String> mayKnow, Courier courier, InstantSource clock) {
        this.mayKnow = mayKnow;
        this.courier = courier;
        this.clock = clock;
    }

    void delivers(Delivery how) {
        delivery = how;
    }

    Delivery delivery() {
        return delivery;
    }

    long count(String user) {
        return open.values().stream().filter(channel -> channel.user().equals(user)).count();
    }

    Map<String, Object> open(String user, String id, String token, String address, Instant until) {
        if (!id.matches("[A-Za-z0-9\\-_+/=]{1," + MOST_ID + "}") || token.length() > MOST_TOKEN) {
            throw CalendarErrors.invalid("Invalid channel id or token.");
        }
        if (!address.matches("https?://[\\x21-\\x7e]{1,2000}")) {
            throw CalendarErrors.of(
                    400, "push.webhookUrlNotHttps", "WebHook callback must be HTTPS: " + address);
        }
        Channel channel =
                new Channel(user, id, token, address, Randoms.word(), until, new AtomicLong());
        if (open.size() >= MOST || open.putIfAbsent(id, channel) != null) {
            throw CalendarErrors.of(400, "channelIdNotUnique", "Channel id not unique");
        }
        deliver(channel, "sync");
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("kind", "api#channel");
        body.put("id", id);
        body.put("resourceId", channel.resourceId());
        body.put("resourceUri", uri());
        body.put("token", token);
        body.put("expiration", Long.toString(until.toEpochMilli()));
        return body;
    }

    boolean close(String user, String id, String resourceId) {
        return open.values()
                .removeIf(channel ->
                        channel.user().equals(user)
                                && channel.id().equals(id)
                                && channel.resourceId().equals(resourceId));
    }

    /// Tells every channel of this person, after the answer to whoever made the change.
    void changed(String user) {
        open.values()
                .removeIf(channel ->
                        !clock.instant().isBefore(channel.until())
                                || !mayKnow.test(channel.user()));
        open.values().stream().filter(channel -> channel.user().equals(user)).forEach(this::tell);
    }

    private void tell(Channel channel) {
        switch (delivery) {
            case ONCE -> deliver(channel, "exists");
            case TWICE -> {
                deliver(channel, "exists");
                deliver(channel, "exists");
            }
            case NEVER -> channel.messages().incrementAndGet();
        }
    }

    private void deliver(Channel channel, String state) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Goog-Channel-ID", channel.id());
        if (!channel.token().isEmpty()) {
            headers.put("X-Goog-Channel-Token", channel.token());
        }
        headers.put(
                "X-Goog-Channel-Expiration",
                DateTimeFormatter.RFC_1123_DATE_TIME
                        .withLocale(Locale.ROOT)
                        .format(channel.until().atOffset(ZoneOffset.UTC)));
        headers.put("X-Goog-Resource-ID", channel.resourceId());
        headers.put("X-Goog-Resource-URI", uri());
        headers.put("X-Goog-Resource-State", state);
        headers.put("X-Goog-Message-Number", Long.toString(channel.messages().incrementAndGet()));
        String path = URI.create(channel.address()).getRawPath();
        Thread.startVirtualThread(() -> courier.post(path, "application/json", "", headers));
    }

    private static String uri() {
        return "https://www.googleapis.com/calendar/v3/calendars/primary/events?alt=json";
    }
}
