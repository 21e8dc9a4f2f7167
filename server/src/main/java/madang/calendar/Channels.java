package madang.calendar;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import madang.calendar.CalendarClient.Channel;
import madang.kit.Failure;
import madang.kit.Ids;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// By which the vendor tells us that a calendar has changed. He proves that it is he by the secret
/// of the channel, which only he was told. One that cannot be had costs minutes and nothing else:
/// who does not tell is asked often enough.
final class Channels {
    static final String DOORBELL = "/api/v1/webhooks/google/calendar";
    private static final Logger log = LoggerFactory.getLogger(Channels.class);
    private static final Duration RENEWED_BEFORE_END = Duration.ofDays(1);

    private final Sync.Tools tools;
    private final Supplier<@Nullable String> ownAddress;
    private final SecretKeySpec key;
    private final Ids ids;

    /// @param ownAddress where the vendor reaches us; null where he cannot
    Channels(Sync.Tools tools, Supplier<@Nullable String> ownAddress, byte[] key, Ids ids) {
        this.tools = tools;
        this.ownAddress = ownAddress;
        this.key = new SecretKeySpec(key, "HmacSHA256");
        this.ids = ids;
    }

    boolean isProven(String channel, String secret) {
        return MessageDigest.isEqual(secret(channel).getBytes(US_ASCII), secret.getBytes(US_ASCII));
    }

    /// Opens one where there is none, or where it ends soon.
    void open(Connection connection, RemoteCalendar remote) {
        @Nullable String own = ownAddress.get();
        if (own == null || isGood(connection.channelUntil())) {
            return;
        }
        String id = ids.next().toString();
        try {
            Channel channel = remote.watch(id, secret(id), own + DOORBELL);
            tools.db().run(tx -> tools.connections().keepChannel(tx, connection.user(), channel));
            close(connection, remote);
        } catch (Failure refused) {
            if (!refused.code().equals("CALENDAR_REFUSED")) {
                throw refused;
            }
            log.warn("Google tells us of no changes; they are asked for");
        }
    }

    /// The one that it had is over; where it cannot be ended, it ends by itself within a week.
    void close(Connection connection, RemoteCalendar remote) {
        if (connection.channelId() == null || connection.channelResource() == null) {
            return;
        }
        try {
            remote.stop(connection.channelId(), connection.channelResource());
        } catch (Failure unheard) {
            log.info("a channel ends by itself: {}", unheard.code());
        }
    }

    private boolean isGood(@Nullable Instant until) {
        return until != null && tools.clock().instant().plus(RENEWED_BEFORE_END).isBefore(until);
    }

    private String secret(String channel) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(channel.getBytes(US_ASCII)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
