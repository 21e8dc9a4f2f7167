package madang.social;

import java.time.Instant;
import java.util.List;
import madang.kit.Secret;
import org.jspecify.annotations.Nullable;

/// What somebody allowed us at a vendor: the tokens, and the scopes that he really gave, which may
/// be fewer than were asked for.
public record Grant(
        @Nullable Secret accessToken,
        @Nullable Instant accessTokenUntil,
        @Nullable Secret refreshToken,
        List<String> scopes) {
    private static final String CALENDAR = "https://www.googleapis.com/auth/calendar";

    /// Nothing beyond who he is.
    public static final Grant NONE = new Grant(null, null, null, List.of());

    /// Whether this very grant brings a token for the calendar. Without one it tells nothing new.
    boolean opensCalendar() {
        return accessToken != null && opensCalendar(scopes);
    }

    /// Events can be read and written by either.
    static boolean opensCalendar(List<String> scopes) {
        return scopes.contains(CALENDAR) || scopes.contains(CALENDAR + ".events");
    }

    /// This grant as the next one leaves it: what a vendor does not repeat stays good.
    Grant then(Grant next) {
        return new Grant(
                next.accessToken == null ? accessToken : next.accessToken,
                next.accessToken == null ? accessTokenUntil : next.accessTokenUntil,
                next.refreshToken == null ? refreshToken : next.refreshToken,
                next.scopes.isEmpty() ? scopes : next.scopes);
    }
}
