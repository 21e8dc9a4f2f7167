package madang.adapters;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import madang.kit.Failure;
import madang.kit.json.Json;
import madang.social.Person;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads what a vendor has signed: ID tokens (OpenID Connect Core §3.1.3.7) and security event
/// tokens (RFC 8417). Strict as RFC 8725 asks: RS256 and nothing else, a key of the vendor's own
/// that the token only names (`jku`, `jwk`, `x5u` and `x5c` are never looked at), no `crit`,
/// canonical base64url, no doubled claim, each kind of token by its own type, so that none passes
/// for the other.
final class OidcVerifier {
    private static final int MAX_CHARACTERS = 8 << 10;
    private static final Duration SKEW = Duration.ofSeconds(60);

    /// Events that come later than this are not believed, so that their ids need not be remembered
    /// for ever.
    private static final Duration OLDEST_EVENT = Duration.ofDays(30);

    private static final Set<String> ID_TOKEN = Set.of("JWT");
    private static final Set<String> EVENT_TOKEN =
            Set.of("secevent+jwt", "application/secevent+jwt");
    private static final JWSHeader HEADER = new JWSHeader(JWSAlgorithm.RS256);
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_-]+");

    private final Set<String> issuers;
    private final Set<String> audiences;
    private final KeyRing keys;
    private final Json json;
    private final InstantSource clock;

    /// Whose word counts, and to which of our apps it must be given.
    OidcVerifier(
            Set<String> issuers,
            Set<String> audiences,
            KeyRing keys,
            Json json,
            InstantSource clock) {
        this.issuers = Set.copyOf(issuers);
        this.audiences = Set.copyOf(audiences);
        this.keys = keys;
        this.json = json;
        this.clock = clock;
    }

    /// The claims of an ID token. A nonce that was asked with must come back.
    JsonNode idToken(String token, @Nullable String nonce) {
        JsonNode claims = claims(token, ID_TOKEN, true);
        require(!claims.has("events"));
        require(Person.isName(text(claims, "sub")));
        require(isAuthorized(claims));
        require(nonce == null || nonce.equals(text(claims, "nonce")));
        require(time(claims, "exp").plus(SKEW).isAfter(clock.instant()));
        return claims;
    }

    /// The claims of a security event token. It has no end of its own.
    JsonNode event(String token) {
        JsonNode claims = claims(token, EVENT_TOKEN, false);
        require(claims.path("events").isObject());
        require(Person.isName(text(claims, "jti")));
        require(time(claims, "iat").isAfter(clock.instant().minus(OLDEST_EVENT)));
        return claims;
    }

    Set<String> issuers() {
        return issuers;
    }

    static Failure refused() {
        return Failure.unauthenticated("PROVIDER_TOKEN_INVALID");
    }

    /// A text among the claims; null where there is none of this name.
    static @Nullable String text(JsonNode claims, String name) {
        JsonNode value = claims.path(name);
        return value.isString() ? value.stringValue() : null;
    }

    private JsonNode claims(String token, Set<String> types, boolean isTypeOptional) {
        require(token.length() <= MAX_CHARACTERS);
        List<String> segments = List.of(token.split("\\.", -1));
        require(segments.size() == 3);
        JsonNode header = tree(decoded(segments.get(0)));
        JsonNode claims = tree(decoded(segments.get(1)));
        byte[] signature = decoded(segments.get(2));
        require("RS256".equals(text(header, "alg")));
        require(!header.has("crit") && !header.has("b64") && !header.has("zip"));
        require(header.has("typ") ? isType(header, types) : isTypeOptional);
        @Nullable String kid = text(header, "kid");
        require(isMeantForUs(claims));
        require(kid != null && isSigned(segments.get(0) + "." + segments.get(1), signature, kid));
        return claims;
    }

    /// What is wrong for everybody to see is refused before a key is looked for.
    private boolean isMeantForUs(JsonNode claims) {
        Instant latest = clock.instant().plus(SKEW);
        @Nullable String issuer = text(claims, "iss");
        return issuer != null
                && issuers.contains(issuer)
                && audiences(claims).stream().anyMatch(audiences::contains)
                && !time(claims, "iat").isAfter(latest)
                && (!claims.has("nbf") || !time(claims, "nbf").isAfter(latest));
    }

    /// Several audiences, or a party that the token was made for: it must be ours.
    private boolean isAuthorized(JsonNode claims) {
        @Nullable String party = text(claims, "azp");
        return claims.has("azp")
                ? party != null && audiences.contains(party)
                : audiences(claims).size() == 1;
    }

    private boolean isSigned(String text, byte[] signature, String kid) {
        @Nullable RSAPublicKey key = keys.key(kid);
        try {
            return key != null
                    && new RSASSAVerifier(key)
                            .verify(HEADER, text.getBytes(US_ASCII), Base64URL.encode(signature));
        } catch (JOSEException unusable) {
            return false;
        }
    }

    private static boolean isType(JsonNode header, Set<String> types) {
        @Nullable String type = text(header, "typ");
        return type != null && types.stream().anyMatch(type::equalsIgnoreCase);
    }

    private static List<String> audiences(JsonNode claims) {
        JsonNode audience = claims.path("aud");
        if (audience.isString()) {
            return List.of(audience.stringValue());
        }
        require(audience.isArray());
        return StreamSupport.stream(audience.spliterator(), false)
                .map(one -> one.isString() ? one.stringValue() : "")
                .toList();
    }

    /// Whole seconds since 1970, of a year that clocks show.
    private static Instant time(JsonNode claims, String name) {
        JsonNode value = claims.path(name);
        require(value.isIntegralNumber() && value.canConvertToLong());
        long seconds = value.longValue();
        require(seconds >= 0 && seconds < 1L << 40);
        return Instant.ofEpochSecond(seconds);
    }

    private JsonNode tree(byte[] bytes) {
        try {
            JsonNode tree = json.tree(bytes);
            require(tree.isObject());
            return tree;
        } catch (Failure noJson) {
            throw refused();
        }
    }

    /// The one spelling of these bytes: no padding, no other alphabet, no bits left over.
    private static byte[] decoded(String segment) {
        require(SEGMENT.matcher(segment).matches());
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(segment);
            require(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(segment));
            return bytes;
        } catch (IllegalArgumentException noBase64) {
            throw refused();
        }
    }

    private static void require(boolean isSo) {
        if (!isSo) {
            throw refused();
        }
    }
}
