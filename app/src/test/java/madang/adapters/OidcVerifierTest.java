package madang.adapters;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import madang.kit.Failure;
import madang.kit.json.Json;
import madang.testing.Signer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.MissingNode;

/// Every way to forge a vendor's token that we could think of, and the few that are genuine.
class OidcVerifierTest {
    private static final Json JSON = new Json();
    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
    private static final long T = NOW.getEpochSecond();
    private static final Signer VENDOR = new Signer("key-1");
    private static final Signer OTHER = new Signer("key-1");
    private static final Signer WEAK = new Signer("weak", 1_024);
    private static final String NONCE = "the nonce that we asked with";

    private static final String HEADER =
            """
            {"alg":"RS256","kid":"key-1","typ":"JWT"}\
            """;
    private static final String CLAIMS =
            """
            {"iss":"https://kauth.kakao.com","aud":"our-app","sub":"3000000001","iat":%d,"exp":%d,\
            "nonce":"%s","nickname":"민지 🍵"}\
            """
                    .formatted(T, T + 3_600, NONCE);
    private static final String EVENT_HEADER =
            """
            {"alg":"RS256","kid":"key-1","typ":"secevent+jwt"}\
            """;
    private static final String EVENT =
            """
            {"iss":"https://kauth.kakao.com","aud":"our-app","iat":%d,"jti":"j-1","events":{\
            "https://schemas.openid.net/secevent/oauth/event-type/user-unlinked":{}}}\
            """
                    .formatted(T);

    private final AtomicInteger asked = new AtomicInteger();
    private final OidcVerifier verifier =
            new OidcVerifier(
                    Set.of("https://kauth.kakao.com"),
                    Set.of("our-app", "our-phone-app"),
                    new KeyRing(this::keys, System::nanoTime),
                    JSON,
                    InstantSource.fixed(NOW));

    private VendorHttp.Answer keys() {
        asked.incrementAndGet();
        String published = Signer.published(VENDOR, WEAK);
        return new VendorHttp.Answer(200, JSON.tree(published.getBytes(UTF_8)), "max-age=3600");
    }

    record Forged(String how, String token) {
        @Override
        public String toString() {
            return how;
        }
    }

    static List<Forged> forgedIdTokens() {
        List<Forged> all = new ArrayList<>();
        forgedHeaders()
                .forEach((how, header) -> all.add(new Forged(how, VENDOR.token(header, CLAIMS))));
        forgedClaims()
                .forEach((how, claims) -> all.add(new Forged(how, VENDOR.token(HEADER, claims))));
        forgedTexts().forEach((how, token) -> all.add(new Forged(how, token)));
        return all;
    }

    private static Map<String, String> forgedHeaders() {
        Map<String, String> all = new LinkedHashMap<>();
        for (String alg :
                List.of(
                        "none", "None", "NONE", "nOnE", "", "HS256", "HS512", "RS384", "RS512",
                        "PS256", "ES256", "EdDSA", "rs256", "RS256 ")) {
            all.put("alg " + alg, HEADER.replace("RS256", alg));
        }
        all.put("no alg", HEADER.replace("\"alg\":\"RS256\",", ""));
        all.put("alg a number", HEADER.replace("\"RS256\"", "256"));
        all.put("alg a list", HEADER.replace("\"RS256\"", "[\"RS256\"]"));
        all.put("alg twice", HEADER.replace("{", "{\"alg\":\"none\","));
        all.put("no kid", HEADER.replace("\"kid\":\"key-1\",", ""));
        all.put("kid a number", HEADER.replace("\"key-1\"", "1"));
        all.put("kid null", HEADER.replace("\"key-1\"", "null"));
        all.put("unknown kid", HEADER.replace("key-1", "key-2"));
        all.put("kid a path", HEADER.replace("key-1", "../../dev/null"));
        all.put("kid an injection", HEADER.replace("key-1", "' or '1'='1"));
        all.put("crit", HEADER.replace("{", "{\"crit\":[\"exp\"],"));
        all.put("crit empty", HEADER.replace("{", "{\"crit\":[],"));
        all.put("b64", HEADER.replace("{", "{\"b64\":false,"));
        all.put("compressed", HEADER.replace("{", "{\"zip\":\"DEF\","));
        all.put("typ of an event", HEADER.replace("JWT", "secevent+jwt"));
        all.put("typ of an access token", HEADER.replace("JWT", "at+jwt"));
        all.put("typ of a logout token", HEADER.replace("JWT", "logout+jwt"));
        all.put("typ a number", HEADER.replace("\"JWT\"", "1"));
        all.put("header a list", "[" + HEADER + "]");
        all.put("header a text", "\"RS256\"");
        all.put("header no JSON", HEADER.substring(1));
        all.put("header with more behind it", HEADER + "{}");
        all.put("header deep", "[".repeat(2_000) + "]".repeat(2_000));
        all.put("header empty", "{}");
        return all;
    }

    private static Map<String, String> forgedClaims() {
        Map<String, String> all = new LinkedHashMap<>();
        for (String issuer :
                List.of(
                        "https://kauth.kakao.com/",
                        "http://kauth.kakao.com",
                        "https://kauth.kakao.com.evil.example",
                        "HTTPS://KAUTH.KAKAO.COM",
                        "https://accounts.google.com",
                        "")) {
            all.put("iss " + issuer, CLAIMS.replace("https://kauth.kakao.com", issuer));
        }
        all.put("no iss", CLAIMS.replace("\"iss\":\"https://kauth.kakao.com\",", ""));
        all.put(
                "iss a list",
                CLAIMS.replace("\"https://kauth.kakao.com\"", "[\"https://kauth.kakao.com\"]"));
        all.put("iss twice", CLAIMS.replace("{", "{\"iss\":\"https://evil.example\","));
        all.put("aud of another app", CLAIMS.replace("our-app", "their-app"));
        all.put("aud in another case", CLAIMS.replace("our-app", "OUR-APP"));
        all.put("aud begins like ours", CLAIMS.replace("our-app", "our-app-2"));
        all.put("no aud", CLAIMS.replace("\"aud\":\"our-app\",", ""));
        all.put("aud null", CLAIMS.replace("\"our-app\"", "null"));
        all.put("aud nobody", CLAIMS.replace("\"our-app\"", "[]"));
        all.put("aud a number", CLAIMS.replace("\"our-app\"", "1"));
        all.put("aud a list of lists", CLAIMS.replace("\"our-app\"", "[[\"our-app\"]]"));
        all.put(
                "two audiences and no azp",
                CLAIMS.replace("\"our-app\"", "[\"our-app\",\"their-app\"]"));
        all.put(
                "two audiences, azp theirs",
                CLAIMS.replace("\"our-app\"", "[\"our-app\",\"their-app\"],\"azp\":\"their-app\""));
        all.put("azp theirs", CLAIMS.replace("{", "{\"azp\":\"their-app\","));
        all.put("azp empty", CLAIMS.replace("{", "{\"azp\":\"\","));
        all.put("azp a number", CLAIMS.replace("{", "{\"azp\":1,"));
        all.put("no sub", CLAIMS.replace("\"sub\":\"3000000001\",", ""));
        all.put("sub empty", CLAIMS.replace("3000000001", ""));
        all.put("sub a number", CLAIMS.replace("\"3000000001\"", "3000000001"));
        all.put("sub null", CLAIMS.replace("\"3000000001\"", "null"));
        all.put("sub too long", CLAIMS.replace("3000000001", "3".repeat(256)));
        all.put("sub with a line", CLAIMS.replace("3000000001", "3000\\n0001"));
        all.put("sub with NUL", CLAIMS.replace("3000000001", "3000000001\\u0000"));
        all.put("sub in other digits", CLAIMS.replace("3000000001", "３０００000001"));
        all.put("sub twice", CLAIMS.replace("{", "{\"sub\":\"1\","));
        all.put("expired", CLAIMS.replace("\"exp\":" + (T + 3_600), "\"exp\":" + (T - 61)));
        all.put("no exp", CLAIMS.replace("\"exp\":" + (T + 3_600) + ",", ""));
        all.put(
                "exp a text",
                CLAIMS.replace("\"exp\":" + (T + 3_600), "\"exp\":\"" + (T + 3_600) + "\""));
        all.put(
                "exp no whole number",
                CLAIMS.replace("\"exp\":" + (T + 3_600), "\"exp\":" + (T + 3_600) + ".5"));
        all.put(
                "exp beyond time",
                CLAIMS.replace("\"exp\":" + (T + 3_600), "\"exp\":99999999999999999999"));
        all.put(
                "exp beyond clocks",
                CLAIMS.replace("\"exp\":" + (T + 3_600), "\"exp\":9223372036854775807"));
        all.put("exp below zero", CLAIMS.replace("\"exp\":" + (T + 3_600), "\"exp\":-1"));
        all.put("exp twice", CLAIMS.replace("{", "{\"exp\":" + (T + 9_000) + ","));
        all.put("from the future", CLAIMS.replace("\"iat\":" + T, "\"iat\":" + (T + 61)));
        all.put("no iat", CLAIMS.replace("\"iat\":" + T + ",", ""));
        all.put("iat a text", CLAIMS.replace("\"iat\":" + T, "\"iat\":\"" + T + "\""));
        all.put("not yet", CLAIMS.replace("{", "{\"nbf\":" + (T + 61) + ","));
        all.put("nbf a text", CLAIMS.replace("{", "{\"nbf\":\"1\","));
        all.put("another nonce", CLAIMS.replace(NONCE, "some other nonce"));
        all.put("no nonce", CLAIMS.replace("\"nonce\":\"" + NONCE + "\",", ""));
        all.put("nonce in a list", CLAIMS.replace("\"" + NONCE + "\"", "[\"" + NONCE + "\"]"));
        all.put("nonce twice", CLAIMS.replace("{", "{\"nonce\":\"x\","));
        all.put("an event", CLAIMS.replace("{", "{\"events\":{},"));
        all.put("claims a list", "[" + CLAIMS + "]");
        all.put("claims a text", "\"claims\"");
        all.put("claims no JSON", CLAIMS.substring(0, CLAIMS.length() - 1));
        all.put("claims with more behind them", CLAIMS + CLAIMS);
        all.put("claims deep", "{\"a\":" + "[".repeat(1_500) + "]".repeat(1_500) + "}");
        all.put("claims empty", "{}");
        all.put("claims with a mark", "\uFEFF" + CLAIMS);
        return all;
    }

    private static Map<String, String> forgedTexts() {
        String good = VENDOR.token(HEADER, CLAIMS);
        String[] parts = good.split("\\.", -1);
        String unsigned = parts[0] + "." + parts[1];
        Map<String, String> all = new LinkedHashMap<>();
        all.put("nothing", "");
        all.put("points", "..");
        all.put("no signature", unsigned);
        all.put("empty signature", unsigned + ".");
        all.put("four parts", good + ".x");
        all.put("encrypted, by its look", good + "." + parts[1] + "." + parts[2]);
        all.put(
                "none without a signature",
                Signer.text(bytes("{\"alg\":\"none\"}")) + "." + parts[1] + ".");
        all.put(
                "none with a signature",
                Signer.text(bytes("{\"alg\":\"none\",\"kid\":\"key-1\"}"))
                        + "."
                        + parts[1]
                        + "."
                        + parts[2]);
        all.put("signed by our public key as a password", hmac("HS256", "HmacSHA256"));
        all.put("the same with SHA-512", hmac("HS512", "HmacSHA512"));
        all.put("HMAC that calls itself RS256", hmac("RS256", "HmacSHA256"));
        all.put("another key of that name", OTHER.token(HEADER, CLAIMS));
        all.put(
                "another key in jwk",
                OTHER.token(
                        HEADER.replace("{", "{\"jwk\":" + OTHER.key().toPublicJWK() + ","),
                        CLAIMS));
        all.put(
                "another key behind jku",
                OTHER.token(
                        HEADER.replace("{", "{\"jku\":\"https://evil.example/keys\","), CLAIMS));
        all.put(
                "another key behind x5u",
                OTHER.token(HEADER.replace("{", "{\"x5u\":\"https://evil.example/key\","), CLAIMS));
        all.put(
                "another key in x5c",
                OTHER.token(
                        HEADER.replace(
                                "{",
                                "{\"x5c\":[\""
                                        + Base64.getEncoder().encodeToString(OTHER.publicKey())
                                        + "\"],"),
                        CLAIMS));
        all.put("a key too weak", WEAK.token(HEADER.replace("key-1", "weak"), CLAIMS));
        all.put(
                "a signature of SHA-1",
                unsigned + "." + Signer.text(VENDOR.signature("SHA1withRSA", unsigned)));
        all.put(
                "a signature of SHA-512",
                unsigned + "." + Signer.text(VENDOR.signature("SHA512withRSA", unsigned)));
        all.put(
                "a signature of other claims",
                unsigned + "." + VENDOR.token(HEADER, "{}").split("\\.", -1)[2]);
        all.put("a signature of zeros", unsigned + "." + Signer.text(new byte[256]));
        all.put(
                "a signature one byte short",
                unsigned
                        + "."
                        + Signer.text(Arrays.copyOf(Base64.getUrlDecoder().decode(parts[2]), 255)));
        all.put(
                "a signature one byte long",
                unsigned
                        + "."
                        + Signer.text(Arrays.copyOf(Base64.getUrlDecoder().decode(parts[2]), 257)));
        all.put(
                "other claims under it",
                parts[0]
                        + "."
                        + Signer.text(bytes(CLAIMS.replace("3000000001", "3000000002")))
                        + "."
                        + parts[2]);
        all.put(
                "another header over it",
                Signer.text(bytes(HEADER.replace("{", "{ "))) + "." + parts[1] + "." + parts[2]);
        all.put("padded", good + "==");
        all.put("claims padded", parts[0] + "." + parts[1] + "=." + parts[2]);
        all.put("bits left over", unsigned + "." + withBitsLeftOver(parts[2]));
        all.put("a blank in it", good.substring(0, 10) + " " + good.substring(10));
        all.put("a line in it", good.substring(0, 10) + "\n" + good.substring(10));
        all.put("a blank before it", " " + good);
        all.put("a line behind it", good + "\n");
        all.put(
                "of the other alphabet",
                unsigned
                        + "."
                        + Base64.getEncoder()
                                .withoutPadding()
                                .encodeToString(new byte[] {-1, -17, -2}));
        all.put("percent-encoded", good.replace(".", "%2E"));
        all.put("a bearer", "Bearer " + good);
        all.put("huge", VENDOR.token(HEADER, CLAIMS.replace("민지", "민지".repeat(3_000))));
        all.put("huge and nothing else", "a".repeat(1 << 20));
        all.put("a million points", ".".repeat(1 << 20));
        all.put("in JSON", "{\"token\":\"" + good + "\"}");
        all.put(
                "bytes that are no UTF-8",
                VENDOR.token(bytes(HEADER), "{\"iss\":\"\u00ff\"}".getBytes(ISO_8859_1)));
        return all;
    }

    @ParameterizedTest
    @MethodSource("forgedIdTokens")
    void what_is_forged_is_refused(Forged forged) {
        assertThatThrownBy(() -> verifier.idToken(forged.token(), NONCE))
                .isInstanceOfSatisfying(
                        Failure.class,
                        refused -> {
                            assertThat(refused.code()).isEqualTo("PROVIDER_TOKEN_INVALID");
                            assertThat(refused.status()).isEqualTo(401);
                        });
    }

    @Test
    void the_forgers_were_busy_and_the_vendor_was_asked_once() {
        assertThat(forgedIdTokens()).hasSizeGreaterThan(120);
        for (Forged forged : forgedIdTokens()) {
            assertThatThrownBy(() -> verifier.idToken(forged.token(), NONCE))
                    .isInstanceOf(Failure.class);
        }
        assertThat(asked).hasValue(1);
    }

    static final List<String> GENUINE =
            List.of(
                    CLAIMS,
                    CLAIMS.replace("our-app", "our-phone-app"),
                    CLAIMS.replace("\"our-app\"", "[\"our-app\"]"),
                    CLAIMS.replace("{", "{\"azp\":\"our-phone-app\","),
                    CLAIMS.replace("\"our-app\"", "[\"our-app\",\"x\"],\"azp\":\"our-app\""),
                    CLAIMS.replace("\"exp\":" + (T + 3_600), "\"exp\":" + (T - 59)),
                    CLAIMS.replace("\"iat\":" + T, "\"iat\":" + (T + 60)),
                    CLAIMS.replace("{", "{\"nbf\":" + T + ",\"new\":{\"a\":[1]},"));

    @ParameterizedTest
    @FieldSource("GENUINE")
    void what_is_genuine_is_believed(String claims) {
        assertThat(
                        verifier.idToken(VENDOR.token(HEADER, claims), NONCE)
                                .path("nickname")
                                .asString())
                .isEqualTo("민지 🍵");
    }

    @Test
    void a_header_may_lack_its_type_and_say_more_than_is_asked() {
        String header = HEADER.replace(",\"typ\":\"JWT\"", ",\"x\":1");
        assertThat(verifier.idToken(VENDOR.token(header, CLAIMS), NONCE).has("sub")).isTrue();
        String pointed = HEADER.replace("{", "{\"jku\":\"https://kauth.kakao.com/x\",");
        assertThat(verifier.idToken(VENDOR.token(pointed, CLAIMS), NONCE).has("sub")).isTrue();
    }

    @Test
    void who_asked_with_no_nonce_compares_none() {
        assertThat(verifier.idToken(VENDOR.token(HEADER, CLAIMS), null).has("sub")).isTrue();
    }

    @Test
    void an_event_is_believed_by_its_own_rules() {
        assertThat(verifier.event(VENDOR.token(EVENT_HEADER, EVENT)).path("jti").asString())
                .isEqualTo("j-1");
        String long_ = EVENT_HEADER.replace("secevent", "application/secevent");
        assertThat(verifier.event(VENDOR.token(long_, EVENT)).has("events")).isTrue();
    }

    static List<Forged> forgedEvents() {
        return List.of(
                new Forged("an ID token", VENDOR.token(HEADER, CLAIMS)),
                new Forged(
                        "without its type",
                        VENDOR.token(EVENT_HEADER.replace(",\"typ\":\"secevent+jwt\"", ""), EVENT)),
                new Forged("of the type of an ID token", VENDOR.token(HEADER, EVENT)),
                new Forged(
                        "without events",
                        VENDOR.token(EVENT_HEADER, EVENT.replace("events", "event"))),
                new Forged(
                        "events a list",
                        VENDOR.token(
                                EVENT_HEADER, EVENT.replaceAll("\"events\":.*", "\"events\":[]}"))),
                new Forged(
                        "without an id",
                        VENDOR.token(EVENT_HEADER, EVENT.replace("\"jti\":\"j-1\",", ""))),
                new Forged(
                        "its id a number",
                        VENDOR.token(EVENT_HEADER, EVENT.replace("\"j-1\"", "1"))),
                new Forged(
                        "for another app",
                        VENDOR.token(EVENT_HEADER, EVENT.replace("our-app", "their-app"))),
                new Forged(
                        "of another issuer",
                        VENDOR.token(EVENT_HEADER, EVENT.replace("kakao", "kaka0"))),
                new Forged(
                        "from the future",
                        VENDOR.token(EVENT_HEADER, EVENT.replace("" + T, "" + (T + 61)))),
                new Forged(
                        "a month old",
                        VENDOR.token(EVENT_HEADER, EVENT.replace("" + T, "" + (T - 31L * 86_400)))),
                new Forged("by another key", OTHER.token(EVENT_HEADER, EVENT)),
                new Forged(
                        "unsigned",
                        Signer.text(bytes("{\"alg\":\"none\",\"typ\":\"secevent+jwt\"}"))
                                + "."
                                + Signer.text(bytes(EVENT))
                                + "."),
                new Forged("nothing", ""),
                new Forged("a form", "app_id=1&user_id=2"));
    }

    @ParameterizedTest
    @MethodSource("forgedEvents")
    void a_forged_event_is_refused(Forged forged) {
        assertThatThrownBy(() -> verifier.event(forged.token()))
                .isInstanceOfSatisfying(
                        Failure.class,
                        refused -> assertThat(refused.code()).isEqualTo("PROVIDER_TOKEN_INVALID"));
    }

    @Test
    void without_keys_nobody_is_believed_and_nobody_is_called_a_liar() {
        OidcVerifier lost =
                new OidcVerifier(
                        Set.of("https://kauth.kakao.com"),
                        Set.of("our-app"),
                        new KeyRing(
                                () -> new VendorHttp.Answer(200, MissingNode.getInstance(), null),
                                System::nanoTime),
                        JSON,
                        InstantSource.fixed(NOW));
        assertThatThrownBy(() -> lost.idToken(VENDOR.token(HEADER, CLAIMS), NONCE))
                .isInstanceOfSatisfying(
                        Failure.class,
                        refused -> assertThat(refused.code()).isEqualTo("PROVIDER_UNAVAILABLE"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    /// The same bytes to a careless reader: in the last letter of a text of 256 bytes four bits say
    /// nothing.
    private static String withBitsLeftOver(String text) {
        String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = letters.indexOf(text.charAt(text.length() - 1));
        return text.substring(0, text.length() - 1) + letters.charAt(last ^ 1);
    }

    /// The classic: the vendor's public key, which everybody has, taken for a shared secret.
    private static String hmac(String name, String algorithm) {
        String text =
                Signer.text(bytes(HEADER.replace("RS256", name)))
                        + "."
                        + Signer.text(bytes(CLAIMS));
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(VENDOR.publicKey(), algorithm));
            return text + "." + Signer.text(mac.doFinal(bytes(text)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
