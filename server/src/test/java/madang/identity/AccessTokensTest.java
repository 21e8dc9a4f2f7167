package madang.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.Ids;
import madang.kit.Language;
import madang.kit.Role;
import madang.kit.Secret;
import madang.kit.json.Json;
import org.junit.jupiter.api.Test;

class AccessTokensTest {
    private static final String KEY = "the first key, which signs: 0123456789abcdef";
    private static final String OLD_KEY = "an older key, which verifies: fedcba98765";
    private static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
    private static final String SUB = "01890a5d-ac96-774b-bcce-b302099a8057";
    private static final String SID = "01890a5d-ac96-774b-bcce-b302099a8058";

    private Instant now = Instant.parse("2026-11-21T00:00:00Z");
    private final InstantSource clock = () -> now;
    private final Ids ids = new Ids(clock);
    private final AccessTokens tokens = tokens(KEY, OLD_KEY);
    private final Caller.Member mina =
            new Caller.Member(ids.next(), ids.next(), Role.BUSINESS, Language.EN);

    private AccessTokens tokens(String... keys) {
        return new AccessTokens(
                List.of(keys).stream().map(Secret::new).toList(),
                new TokenStamp("madang", "madang", Duration.ofMinutes(15)),
                new Json(),
                ids,
                clock);
    }

    @Test
    void mina_is_known_until_her_token_expires() {
        String token = tokens.issue(mina);
        assertThat(tokens.read(token)).isEqualTo(mina);
        now = now.plus(Duration.ofMinutes(15).minusSeconds(1));
        assertThat(tokens.read(token)).isEqualTo(mina);
        now = now.plusSeconds(1);
        assertRefused("AUTH_TOKEN_EXPIRED", token);
        assertThatThrownBy(() -> tokens(KEY).read(token)).hasMessage("AUTH_TOKEN_EXPIRED");
    }

    @Test
    void keys_are_turned_over_without_a_sign_out() {
        String old = tokens(OLD_KEY).issue(mina);
        assertThat(tokens.read(old)).isEqualTo(mina);
        assertThatThrownBy(() -> tokens(OLD_KEY).read(tokens.issue(mina)))
                .hasMessage("AUTH_TOKEN_INVALID");
    }

    @Test
    void a_token_says_what_the_contract_says() {
        String[] segments = tokens.issue(mina).split("\\.", -1);
        var header = new Json().tree(Base64.getUrlDecoder().decode(segments[0]));
        var claims = new Json().tree(Base64.getUrlDecoder().decode(segments[1]));
        assertThat(header.get("typ").stringValue()).isEqualTo("JWT");
        assertThat(claims.propertyNames())
                .containsExactlyInAnyOrder(
                        "sub", "sid", "role", "lang", "iss", "aud", "jti", "typ", "iat", "exp");
        assertThat(claims.get("aud").stringValue()).isEqualTo("madang");
        assertThat(claims.get("typ").stringValue()).isEqualTo("access");
        assertThat(claims.get("exp").longValue() - claims.get("iat").longValue()).isEqualTo(900);
    }

    @Test
    void a_chosen_language_counts_before_the_token_is_renewed() {
        String token = tokens.issue(mina);
        tokens.speaks(mina.user(), Language.KO);
        assertThat(tokens.read(token).language()).isEqualTo(Language.KO);
    }

    @Test
    void a_good_forgery_of_the_test_itself_is_let_in() {
        assertThat(tokens.read(signed(HEADER, claims())).user()).hasToString(SUB);
        assertThat(tokens.read(signed("{\"typ\":\"JWT\",\"alg\":\"HS256\"}", claims())).session())
                .hasToString(SID);
        assertThat(tokens.read(signed(HEADER, with("iat", now.plusSeconds(29).getEpochSecond()))))
                .isNotNull();
        assertThat(tokens.read(signed(HEADER, with("tenant", "\"unknown claims are fine\""))))
                .isNotNull();
    }

    @Test
    void every_bad_token_is_refused() throws GeneralSecurityException {
        Map<String, String> bad = badTokens();
        assertThat(bad).hasSizeGreaterThanOrEqualTo(60);
        assertThat(bad.values()).doesNotHaveDuplicates();
        bad.forEach((why, token) ->
                assertThatThrownBy(() -> tokens.read(token))
                        .as(why)
                        .isInstanceOf(Failure.class)
                        .hasMessageStartingWith("AUTH_TOKEN_"));
    }

    private Map<String, String> badTokens() throws GeneralSecurityException {
        Map<String, String> bad = new LinkedHashMap<>();
        String good = signed(HEADER, claims());
        String[] part = good.split("\\.", -1);
        String unsigned = part[0] + "." + part[1];

        bad.put("empty", "");
        bad.put("dots", "..");
        bad.put("one segment", "mina");
        bad.put("two segments", unsigned);
        bad.put("four segments", good + ".more");
        bad.put("JWE", good + ".a.b");
        bad.put("no signature", unsigned + ".");
        bad.put("no claims", part[0] + ".." + part[2]);
        bad.put("no header", "." + part[1] + "." + part[2]);
        bad.put("huge", part[0] + "." + "A".repeat(100_000) + "." + part[2]);
        bad.put("huge but well signed", signed(HEADER, with("x", "\"" + "x".repeat(9_000) + "\"")));
        bad.put("a blank before", " " + good);
        bad.put("a blank after", good + " ");
        bad.put("a line break within", part[0] + ".\n" + part[1] + "." + part[2]);
        bad.put("letters of another script", good.replace('e', 'е'));

        bad.put("padded signature", good + "=");
        bad.put("padded claims", part[0] + "." + part[1] + "==." + part[2]);
        bad.put("standard base64 signature", unsigned + "." + base64WithPlus(part[2]));
        bad.put("loose last bits", unsigned + "." + looseLastBits(part[2]));
        bad.put("cut signature", good.substring(0, good.length() - 1));
        bad.put("half a signature", good.substring(0, good.length() - 22));
        bad.put("longer signature", good + "AAAA");
        bad.put("another signature", unsigned + "." + "A".repeat(43));
        bad.put(
                "signature of other claims",
                unsigned + "." + lastOf(signed(HEADER, with("role", "\"ADMIN\""))));
        bad.put(
                "claims changed afterwards",
                part[0] + "." + encoded(with("role", "\"ADMIN\"")) + "." + part[2]);
        bad.put(
                "signed by nobody's key",
                signed("HmacSHA256", "not a key of this house, but as long", HEADER, claims()));
        bad.put("signed by an empty claim", signed("HmacSHA256", "a", HEADER, claims()));

        for (String none : List.of("none", "None", "NONE", "nOnE")) {
            String header = "{\"alg\":\"%s\",\"typ\":\"JWT\"}".formatted(none);
            bad.put(none + " unsigned", encoded(header) + "." + part[1] + ".");
            bad.put(none + " signed", signed(header, claims()));
        }
        bad.put("HS384", signed("HmacSHA384", KEY, HEADER.replace("HS256", "HS384"), claims()));
        bad.put("HS512", signed("HmacSHA512", KEY, HEADER.replace("HS256", "HS512"), claims()));
        bad.put("HS512 under the name HS256", signed("HmacSHA512", KEY, HEADER, claims()));
        bad.put("hs256 in small letters", signed(HEADER.replace("HS256", "hs256"), claims()));
        bad.put("RS256", signedByRsa());
        bad.put("RS256 in name only", signed(HEADER.replace("HS256", "RS256"), claims()));
        bad.put(
                "ES256 with r and s of zero",
                encoded(HEADER.replace("HS256", "ES256")) + "." + part[1] + "." + "A".repeat(86));

        for (String extra :
                List.of(
                        "\"kid\":\"1\"",
                        "\"kid\":\"../../../../dev/null\"",
                        "\"kid\":\"' union select 'a\"",
                        "\"jku\":\"https://evil.example/keys\"",
                        "\"jwk\":{\"kty\":\"oct\",\"k\":\"YQ\"}",
                        "\"x5u\":\"https://evil.example/cert\"",
                        "\"x5c\":[\"MIIB\"]",
                        "\"crit\":[\"exp\"]",
                        "\"crit\":[\"b64\"],\"b64\":false",
                        "\"zip\":\"DEF\"",
                        "\"cty\":\"JWT\"",
                        "\"alg\":\"none\"")) {
            bad.put(
                    "header with " + extra,
                    signed(HEADER.replace("}", "," + extra + "}"), claims()));
        }
        bad.put("header without typ", signed("{\"alg\":\"HS256\"}", claims()));
        bad.put("header without alg", signed("{\"typ\":\"JWT\"}", claims()));
        bad.put("typ at+jwt", signed(HEADER.replace("JWT", "at+jwt"), claims()));
        bad.put("alg as list", signed(HEADER.replace("\"HS256\"", "[\"HS256\"]"), claims()));
        bad.put("header as list", signed("[]", claims()));
        bad.put("header no JSON", signed("HS256", claims()));

        bad.put("expired", signed(HEADER, with("exp", now.getEpochSecond())));
        bad.put("expired long ago", signed(HEADER, with("exp", 1)));
        bad.put(
                "longer life than we give",
                signed(
                        HEADER,
                        claims().replace(
                                        "\"iat\":" + now.getEpochSecond(),
                                        "\"iat\":" + now.minusSeconds(901).getEpochSecond())));
        bad.put(
                "made in the future",
                signed(HEADER, with("iat", now.plusSeconds(31).getEpochSecond())));
        bad.put("not valid yet", signed(HEADER, with("nbf", now.plusSeconds(31).getEpochSecond())));
        bad.put(
                "exp as text",
                signed(HEADER, with("exp", "\"" + now.plusSeconds(60).getEpochSecond() + "\"")));
        bad.put(
                "exp as fraction",
                signed(HEADER, with("exp", now.plusSeconds(60).getEpochSecond() + ".5")));
        bad.put("exp beyond all time", signed(HEADER, with("exp", "9".repeat(30))));
        bad.put("exp at the end of longs", signed(HEADER, with("exp", Long.MAX_VALUE)));
        bad.put("exp negative", signed(HEADER, with("exp", -1)));
        bad.put("exp null", signed(HEADER, with("exp", "null")));
        bad.put("another issuer", signed(HEADER, with("iss", "\"madang.evil\"")));
        bad.put("issuer as list", signed(HEADER, with("iss", "[\"madang\"]")));
        bad.put("the audience of a dialect", signed(HEADER, with("aud", "\"woongkie\"")));
        bad.put(
                "an audience among others",
                signed(HEADER, with("aud", "[\"madang\",\"woongkie\"]")));
        bad.put("no audience", signed(HEADER, with("aud", "\"\"")));
        bad.put("a refresh token", signed(HEADER, with("typ", "\"refresh\"")));
        bad.put("sub no id", signed(HEADER, with("sub", "\"mina\"")));
        bad.put("sub cut", signed(HEADER, with("sub", "\"" + SUB.substring(1) + "\"")));
        bad.put("sub null", signed(HEADER, with("sub", "null")));
        bad.put("sid no id", signed(HEADER, with("sid", "\"1\"")));
        bad.put("role unknown", signed(HEADER, with("role", "\"KING\"")));
        bad.put("role small", signed(HEADER, with("role", "\"admin\"")));
        for (String claim :
                List.of("sub", "sid", "role", "iss", "aud", "jti", "typ", "iat", "exp")) {
            bad.put(
                    "without " + claim,
                    signed(HEADER, claims().replace("\"" + claim + "\":", "\"_" + claim + "\":")));
        }
        bad.put("two subs", signed(HEADER, claims().replace("}", ",\"sub\":\"" + SID + "\"}")));
        bad.put("two exps", signed(HEADER, claims().replace("}", ",\"exp\":1}")));
        bad.put("claims as list", signed(HEADER, "[]"));
        bad.put("claims as text", signed(HEADER, "\"" + SUB + "\""));
        bad.put("claims no JSON", signed(HEADER, "sub=mina"));
        bad.put("claims and more", signed(HEADER, claims() + "{}"));
        bad.put(
                "claims no UTF-8",
                signedBytes(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}));
        bad.put(
                "claims nested without end",
                signed(HEADER, with("x", "[".repeat(200) + "]".repeat(200))));
        return bad;
    }

    private String claims() {
        return """
        {"sub":"%s","sid":"%s","role":"USER","lang":"en","iss":"madang","aud":"madang","jti":"1",\
        "typ":"access","iat":%d,"exp":%d}\
        """
                .formatted(SUB, SID, now.getEpochSecond(), now.plusSeconds(600).getEpochSecond());
    }

    /// The claims with this one set.
    private String with(String claim, Object json) {
        String without = claims().replaceFirst("\"" + claim + "\":(\"[^\"]*\"|[0-9]+),?", "");
        return without.replaceFirst("\\{", "{\"" + claim + "\":" + json + ",").replace(",}", "}");
    }

    private static String signed(String header, String claims) {
        return signed("HmacSHA256", KEY, header, claims);
    }

    private static String signed(String algorithm, String key, String header, String claims) {
        return signed(algorithm, key, encoded(header) + "." + encoded(claims));
    }

    private static String signedBytes(byte[] claims) {
        return signed("HmacSHA256", KEY, encoded(HEADER) + "." + encoded(claims));
    }

    private static String signed(String algorithm, String key, String text) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), algorithm));
            return text + "." + encoded(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String signedByRsa() throws GeneralSecurityException {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
        keys.initialize(2048);
        KeyPair pair = keys.generateKeyPair();
        String text = encoded(HEADER.replace("HS256", "RS256")) + "." + encoded(claims());
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(pair.getPrivate());
        signature.update(text.getBytes(UTF_8));
        return text + "." + encoded(signature.sign());
    }

    private static String lastOf(String token) {
        return token.substring(token.lastIndexOf('.') + 1);
    }

    /// The same bytes with `+` and `/`, or with a `+` where there is nothing to swap.
    private static String base64WithPlus(String signature) {
        String standard = signature.replace('-', '+').replace('_', '/');
        return standard.equals(signature) ? "+" + signature.substring(1) : standard;
    }

    /// 43 characters of base64 hold 258 bits; the two that nobody reads are set.
    private static String looseLastBits(String signature) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = alphabet.indexOf(signature.charAt(signature.length() - 1));
        return signature.substring(0, signature.length() - 1) + alphabet.charAt(last | 1);
    }

    private static String encoded(String text) {
        return encoded(text.getBytes(UTF_8));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private void assertRefused(String code, String token) {
        assertThatThrownBy(() -> tokens.read(token)).hasMessage(code);
    }
}
