package madang.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Ids;
import madang.kit.Language;
import madang.kit.Role;
import madang.kit.Secret;
import madang.kit.Session;
import madang.kit.User;
import madang.kit.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Makes and reads access tokens: JWTs (RFC 7519) of one audience, signed with HS256, short-lived,
/// checked without the database. Strict as RFC 8725 asks: one algorithm, a header of exactly `alg`
/// and `typ` (so no `kid`, `jku`, `crit` that anybody could play with), canonical base64url, no
/// doubled claims. A token found good is remembered until it expires, because most requests bring
/// one that was seen before.
final class AccessTokens {
    private static final String TYPE = "access";

    /// The claim of the user's id, where the subject is another name of his.
    private static final String USER = "uid";

    private static final JWSHeader HEADER =
            new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).build();
    private static final int MAX_CHARACTERS = 8 << 10;
    private static final int MAX_REMEMBERED = 50_000;

    /// How far ahead of ours the clock of the node may be that made a token.
    private static final Duration SKEW = Duration.ofSeconds(30);

    private final TokenStamp stamp;
    private final Duration life;
    private final Json json;
    private final Ids ids;
    private final InstantSource clock;
    private final MACSigner signer;
    private final List<MACVerifier> verifiers;
    private final Cache<String, Good> good;
    private final Cache<Id<User>, Language> spoken;

    private record Good(Caller.Member caller, Instant until) {}

    AccessTokens(List<Secret> secrets, TokenStamp stamp, Json json, Ids ids, InstantSource clock) {
        this.stamp = stamp;
        this.life = stamp.life();
        this.json = json;
        this.ids = ids;
        this.clock = clock;
        try {
            signer = new MACSigner(secrets.getFirst().value().getBytes(UTF_8));
            verifiers = secrets.stream().map(AccessTokens::verifier).toList();
        } catch (JOSEException tooShort) {
            throw new IllegalArgumentException("a signing key of JWT_SECRET is too short");
        }
        good = Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).expireAfterWrite(life).build();
        spoken = Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).expireAfterWrite(life).build();
    }

    Duration life() {
        return life;
    }

    /// A token whose subject is the user's id.
    String issue(Caller.Member caller) {
        return issue(caller, caller.user().toString());
    }

    /// A token whose subject is the user by the name that this audience knows.
    String issue(Caller.Member caller, String subject) {
        Instant now = clock.instant();
        String user = caller.user().toString();
        SignedJWT token =
                new SignedJWT(
                        HEADER,
                        new JWTClaimsSet.Builder()
                                .issuer(stamp.issuer())
                                .audience(stamp.audience())
                                .subject(subject)
                                .claim(USER, subject.equals(user) ? null : user)
                                .claim("sid", caller.session().toString())
                                .claim("role", caller.role().name())
                                .claim("lang", caller.language().tag())
                                .claim("typ", TYPE)
                                .jwtID(ids.next().toString())
                                .issueTime(Date.from(now))
                                .expirationTime(Date.from(now.plus(life)))
                                .build());
        try {
            token.sign(signer);
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
        return token.serialize();
    }

    /// Whose token it is, or a refusal. Whether its session still lives is not asked here.
    Caller.Member read(String token) {
        return read(token, Duration.ZERO);
    }

    /// The same of a token that expired at most this long ago.
    Caller.Member read(String token, Duration grace) {
        @Nullable Good known = good.getIfPresent(token);
        Good found = known != null ? known : verified(token);
        if (!clock.instant().isBefore(found.until.plus(grace))) {
            throw Failure.unauthenticated("AUTH_TOKEN_EXPIRED");
        }
        if (known == null) {
            good.put(token, found);
        }
        return inPresentLanguage(found.caller);
    }

    /// The user chose another language than his tokens say.
    void speaks(Id<User> user, Language language) {
        spoken.put(user, language);
    }

    private Caller.Member inPresentLanguage(Caller.Member caller) {
        @Nullable Language chosen = spoken.getIfPresent(caller.user());
        return chosen == null || chosen == caller.language()
                ? caller
                : new Caller.Member(caller.user(), caller.session(), caller.role(), chosen);
    }

    private Good verified(String token) {
        String[] segments = token.length() > MAX_CHARACTERS ? new String[0] : token.split("\\.", 4);
        if (segments.length != 3
                || !isOurHeader(decoded(segments[0]))
                || !isSigned(segments[0] + "." + segments[1], segments[2])) {
            throw invalid();
        }
        return good(tree(decoded(segments[1])));
    }

    private boolean isOurHeader(byte[] bytes) {
        JsonNode header = tree(bytes);
        return Set.copyOf(header.propertyNames()).equals(Set.of("alg", "typ"))
                && text(header, "alg").equals("HS256")
                && text(header, "typ").equals("JWT");
    }

    private boolean isSigned(String text, String signature) {
        decoded(signature);
        Base64URL given = new Base64URL(signature);
        byte[] signed = text.getBytes(US_ASCII);
        for (MACVerifier verifier : verifiers) {
            try {
                if (verifier.verify(HEADER, signed, given)) {
                    return true;
                }
            } catch (JOSEException refused) {
                return false;
            }
        }
        return false;
    }

    private Good good(JsonNode claims) {
        Instant issuedAt = time(claims, "iat");
        Instant expiresAt = time(claims, "exp");
        @Nullable Role role = role(text(claims, "role"));
        Id<User> user = Id.parse(text(claims, claims.has(USER) ? USER : "sub"));
        Id<Session> session = Id.parse(text(claims, "sid"));
        @Nullable Language language = Language.parse(text(claims, "lang"));
        boolean isOurs =
                text(claims, "iss").equals(stamp.issuer())
                        && text(claims, "aud").equals(stamp.audience())
                        && text(claims, "typ").equals(TYPE)
                        && !text(claims, "jti").isEmpty()
                        && !issuedAt.isAfter(clock.instant().plus(SKEW))
                        && (!claims.has("nbf") || !time(claims, "nbf").isAfter(clock.instant()));
        if (!isOurs || role == null || user == null || session == null) {
            throw invalid();
        }
        return new Good(
                new Caller.Member(user, session, role, language == null ? Language.KO : language),
                earlier(expiresAt, issuedAt.plus(life)));
    }

    private JsonNode tree(byte[] bytes) {
        JsonNode tree;
        try {
            tree = json.tree(bytes);
        } catch (Failure malformed) {
            throw invalid();
        }
        if (!tree.isObject()) {
            throw invalid();
        }
        return tree;
    }

    /// Canonical base64url only: what encodes back to itself, so that one token has one spelling.
    private static byte[] decoded(String segment) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(segment);
            if (Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(segment)) {
                return bytes;
            }
        } catch (IllegalArgumentException noBase64) {
            // refused like what is not canonical
        }
        throw invalid();
    }

    private static String text(JsonNode node, String name) {
        @Nullable JsonNode value = node.get(name);
        return value != null && value.isString() ? value.stringValue() : "";
    }

    private static Instant time(JsonNode claims, String name) {
        @Nullable JsonNode value = claims.get(name);
        if (value == null
                || !value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < 0
                || value.longValue() > Instant.MAX.getEpochSecond() / 2) {
            throw invalid();
        }
        return Instant.ofEpochSecond(value.longValue());
    }

    private static @Nullable Role role(String name) {
        for (Role role : Role.values()) {
            if (role.name().equals(name)) {
                return role;
            }
        }
        return null;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static MACVerifier verifier(Secret secret) {
        try {
            return new MACVerifier(secret.value().getBytes(UTF_8));
        } catch (JOSEException tooShort) {
            throw new IllegalArgumentException("a signing key of JWT_SECRET is too short");
        }
    }

    private static Failure invalid() {
        return Failure.unauthenticated("AUTH_TOKEN_INVALID");
    }
}
