package madang.sandbox.inbox;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A mail or a short message, as it arrived.
///
/// @param links addresses in its text in their order, for whoever is to follow one
public record Received(
        String id,
        String kind,
        Instant at,
        String from,
        List<String> to,
        String subject,
        String text,
        @Nullable String html,
        List<String> links) {
    static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"]*[^\\s<>\".,)]");

    /// What arrived, before it has its number.
    record Arriving(
            String kind,
            String from,
            List<String> to,
            String subject,
            String text,
            @Nullable String html) {

        Received as(String id, Instant at) {
            List<String> links =
                    LINK.matcher(text).results().map(MatchResult::group).distinct().toList();
            return new Received(id, kind, at, from, to, subject, text, html, links);
        }
    }

    boolean isTo(String address) {
        return to.stream()
                .anyMatch(one ->
                        one.toLowerCase(Locale.ROOT).equals(address.toLowerCase(Locale.ROOT)));
    }
}
