package madang.adapters;

import static madang.adapters.OidcVerifier.text;

import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import madang.social.OidcLogin.VendorEvent;
import madang.social.Person;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a verified security event token tells (RFC 8417): which kinds of event, by the URIs of the
/// OpenID Foundation, and of whom. A subject that some other issuer named is not ours to act on.
final class Events {
    private static final String EVENTS = "https://schemas.openid.net/secevent/";

    static VendorEvent read(JsonNode claims, Issuer issuer) {
        Set<String> types = new HashSet<>();
        @Nullable String subject = null;
        for (Map.Entry<String, JsonNode> event : claims.path("events").properties()) {
            if (event.getKey().startsWith(EVENTS)) {
                types.add(event.getKey().substring(event.getKey().lastIndexOf('/') + 1));
                subject = subject == null ? subject(event.getValue(), issuer) : subject;
            }
        }
        return new VendorEvent(
                issuer.name(),
                Objects.requireNonNull(text(claims, "jti")),
                Instant.ofEpochSecond(claims.path("iat").longValue()),
                types,
                subject);
    }

    private static @Nullable String subject(JsonNode event, Issuer issuer) {
        JsonNode subject = event.path("subject");
        @Nullable String namer = text(subject, "iss");
        @Nullable String name = text(subject, "sub");
        return namer != null && issuer.accepted().contains(namer) && Person.isName(name)
                ? name
                : null;
    }

    private Events() {}
}
