package madang.adapters;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import madang.kit.Secret;
import madang.social.Grant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The answer of a token endpoint (RFC 6749 §5.1).
record Tokens(Grant grant, @Nullable String idToken) {
    private static final int MAX_TOKEN = 4_096;
    private static final int MAX_SCOPES = 100;
    private static final long LONGEST_SECONDS = 366L * 24 * 3_600;

    static Tokens of(JsonNode answer, Instant now) {
        return new Tokens(
                new Grant(
                        secret(answer, "access_token"),
                        now.plusSeconds(seconds(answer.path("expires_in"))),
                        secret(answer, "refresh_token"),
                        words(OidcVerifier.text(answer, "scope"))),
                OidcVerifier.text(answer, "id_token"));
    }

    /// An access token that somebody else was given, and what the vendor tells of it.
    static Grant brought(String accessToken, JsonNode about, Instant now) {
        return new Grant(
                new Secret(accessToken),
                now.plusSeconds(seconds(about.path("expires_in"))),
                null,
                words(OidcVerifier.text(about, "scope")));
    }

    /// Whether it may stand in a header.
    static boolean isToken(@Nullable String text) {
        return text != null && text.matches("[\\x21-\\x7e]{1," + MAX_TOKEN + "}");
    }

    /// Words between blanks or commas.
    static List<String> words(@Nullable String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split("[ ,]+", MAX_SCOPES))
                        .filter(word -> !word.isEmpty() && word.length() <= 255)
                        .toList();
    }

    private static @Nullable Secret secret(JsonNode answer, String name) {
        @Nullable String text = OidcVerifier.text(answer, name);
        return text != null && isToken(text) ? new Secret(text) : null;
    }

    /// A number, or a number as a text; nothing else lives at all.
    private static long seconds(JsonNode expiresIn) {
        String text = expiresIn.isString() ? expiresIn.stringValue() : expiresIn.toString();
        return text.matches("\\d{1,9}") ? Math.min(Long.parseLong(text), LONGEST_SECONDS) : 0;
    }
}
