package madang.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import madang.kit.settings.Rate;
import madang.testing.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who is refused, for which of several faults, and in which words.
final class RefusalsTest {
    private static final String GOOD = "{\"name\":\"tea\",\"count\":3}";
    private static Workbench bench;
    private static Workbench full;

    @BeforeAll
    static void open() {
        bench = Workbench.open();
        full = Workbench.limited(new Rate(1, Duration.ofDays(1), 1));
        full.get("/t/open");
        full.post("mina", "/t/public", GOOD);
        full.post("admin", "/t/public", GOOD);
    }

    @AfterAll
    static void close() {
        bench.close();
        full.close();
    }

    /// Faults in the order in which they win, and what each does to a good request.
    enum Fault {
        PATH(404, "NOT_FOUND"),
        METHOD(405, "METHOD_NOT_ALLOWED"),
        SIZE(413, "PAYLOAD_TOO_LARGE"),
        LIMIT(429, "RATE_LIMIT_EXCEEDED"),
        TOKEN(401, "AUTH_TOKEN_MISSING"),
        ROLE(403, "PERMISSION_DENIED"),
        MEDIA(415, "UNSUPPORTED_MEDIA_TYPE"),
        JSON(400, "MALFORMED_JSON"),
        FIELD(422, "VALIDATION_ERROR"),
        OBJECT(404, "THING_NOT_FOUND"),
        CONFLICT(409, "THING_TAKEN");

        private final int status;
        private final String code;

        Fault(int status, String code) {
            this.status = status;
            this.code = code;
        }
    }

    static Stream<List<Fault>> pairs() {
        List<List<Fault>> pairs = new ArrayList<>();
        for (Fault first : Fault.values()) {
            for (Fault second : EnumSet.range(first, Fault.CONFLICT)) {
                if (canMeet(first, second)) {
                    pairs.add(List.of(first, second));
                }
            }
        }
        return pairs.stream();
    }

    /// A role fault needs the admin route, an object fault the one with a place.
    private static boolean canMeet(Fault first, Fault second) {
        boolean needsRole = first == Fault.ROLE || second == Fault.ROLE;
        boolean needsPlace = second == Fault.OBJECT || second == Fault.CONFLICT;
        boolean isBothTokens = first == Fault.TOKEN && second == Fault.ROLE;
        boolean isBothObjects = first == Fault.OBJECT && second == Fault.CONFLICT;
        return !(needsRole && needsPlace) && !isBothTokens && !isBothObjects;
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void of_two_faults_the_earlier_one_is_told(List<Fault> faults) {
        Answer answer = ask(faults);
        assertThat(answer.status()).isEqualTo(faults.getFirst().status);
        assertThat(answer.code()).isEqualTo(faults.getFirst().code);
        assertIsEnvelope(answer);
    }

    private static Answer ask(List<Fault> faults) {
        boolean isAdminRoute = faults.contains(Fault.ROLE);
        boolean hasPlace = faults.contains(Fault.OBJECT) || faults.contains(Fault.CONFLICT);
        String path =
                faults.contains(Fault.PATH)
                        ? "/t/nowhere"
                        : isAdminRoute
                                ? "/t/admin/things"
                                : hasPlace ? "/t/things/" + thing(faults) : "/t/things";
        String method = faults.contains(Fault.METHOD) ? "DELETE" : hasPlace ? "PUT" : "POST";
        String token = faults.contains(Fault.TOKEN) ? "nobody" : "mina";
        Workbench asked = faults.contains(Fault.LIMIT) ? full : bench;
        return asked.ask(
                method,
                path,
                body(faults),
                "Authorization",
                "Bearer " + token,
                "Content-Type",
                faults.contains(Fault.MEDIA) ? "text/plain" : "application/json");
    }

    private static String thing(List<Fault> faults) {
        return faults.contains(Fault.OBJECT) ? "no-uuid" : "00000000-0000-7000-8000-000000000007";
    }

    private static String body(List<Fault> faults) {
        String body = faults.contains(Fault.FIELD) ? "{\"name\":\"\",\"count\":\"5\"}" : GOOD;
        String broken = faults.contains(Fault.JSON) ? body + "}" : body;
        return faults.contains(Fault.SIZE) ? broken + " ".repeat(1 << 20) : broken;
    }

    static void assertIsEnvelope(Answer answer) {
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("X-Request-Id")).matches("[A-Za-z0-9._-]{1,64}");
        assertThat(answer.body().get("success").booleanValue()).isFalse();
        assertThat(answer.body().get("error").get("message").stringValue()).isNotBlank();
        assertThat(answer.body().get("timestamp").stringValue()).endsWith("Z");
    }

    @Test
    void an_idempotency_key_comes_after_the_fields() {
        assertThat(bench.post("mina", "/t/things", "{}", "Idempotency-Key", "a b").details())
                .hasToString("{\"name\":\"꼭 필요합니다.\",\"count\":\"꼭 필요합니다.\"}");
        assertThat(bench.post("mina", "/t/things", "{", "Idempotency-Key", "a b").status())
                .isEqualTo(400);
        assertThat(bench.post("mina", "/t/things", GOOD, "Idempotency-Key", "a b").details())
                .hasSize(1);
    }

    @Test
    void head_is_get_without_a_body_and_options_names_the_methods() {
        Answer get = bench.get("/t/open");
        Answer head = bench.ask("HEAD", "/t/open", "");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.text()).isEmpty();
        assertThat(head.header("Content-Length")).isEqualTo(get.header("Content-Length"));
        Answer options = bench.ask("OPTIONS", "/t/broken", "");
        assertThat(options.status()).isEqualTo(204);
        assertThat(options.header("Allow")).isEqualTo("GET, HEAD, OPTIONS, POST");
        Answer refused = bench.ask("DELETE", "/t/broken", "");
        assertThat(refused.status()).isEqualTo(405);
        assertThat(refused.header("Allow")).isEqualTo("GET, HEAD, OPTIONS, POST");
        assertThat(bench.ask("HEAD", "/t/nowhere", "").status()).isEqualTo(404);
        assertThat(bench.ask("HEAD", "/t/mine", "").status()).isEqualTo(401);
        assertThat(bench.ask("OPTIONS", "/t/nowhere", "").status()).isEqualTo(404);
    }

    @Test
    void a_tame_request_id_comes_back_and_a_wild_one_is_replaced() {
        String tame = "aZ09._-" + "x".repeat(57);
        assertThat(bench.get("/t/open", "X-Request-Id", tame).header("X-Request-Id"))
                .isEqualTo(tame);
        for (String wild : List.of("x".repeat(65), "a b", "a/b", "a;b", "\"")) {
            assertThat(bench.get("/t/open", "X-Request-Id", wild).header("X-Request-Id"))
                    .isNotEqualTo(wild)
                    .hasSize(36);
        }
        assertThat(bench.get("/t/nowhere").header("X-Request-Id"))
                .isNotEqualTo(bench.get("/t/nowhere").header("X-Request-Id"));
    }

    @Test
    void a_limited_class_tells_its_limit_on_every_answer() {
        try (Workbench three = Workbench.limited(new Rate(1, Duration.ofSeconds(10), 3))) {
            Answer fine = three.get("/t/open");
            assertThat(fine.header("RateLimit-Policy")).isEqualTo("\"api\";q=3;w=30");
            assertThat(fine.header("RateLimit")).matches("\"api\";r=2;t=(9|10)");
            Answer broken = three.get("/t/broken");
            assertThat(broken.status()).isEqualTo(500);
            assertThat(broken.header("RateLimit")).startsWith("\"api\";r=1;");
            assertThat(broken.text()).doesNotContain("canary");
            assertThat(three.reported).containsExactly("GET /t/broken");
            Answer refused = three.get("/t/mine");
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.header("RateLimit")).startsWith("\"api\";r=0;");
            Answer over = three.get("/t/open");
            assertThat(over.status()).isEqualTo(429);
            assertThat(over.header("Retry-After")).matches("9|10");
            assertThat(over.header("RateLimit")).startsWith("\"api\";r=0;");
            assertThat(over.header("RateLimit-Policy")).isNotEmpty();
            Answer tooLarge = three.ask("POST", "/t/public", " ".repeat((1 << 20) + 1));
            assertThat(tooLarge.status()).isEqualTo(413);
            assertThat(tooLarge.header("RateLimit")).isNotEmpty();
            assertThat(three.get("/t/unlimited").header("RateLimit")).isEmpty();
            assertThat(three.get("/t/unlimited").status()).isEqualTo(200);
            assertThat(three.post("mina", "/t/public", GOOD).status()).isEqualTo(201);
            assertThat(three.get("/t/open", "X-Forwarded-For", "10.0.0.9").status()).isEqualTo(200);
            three.clock.move(Duration.ofSeconds(11));
            assertThat(three.get("/t/open").status()).isEqualTo(200);
        }
    }

    @Test
    void sentences_are_in_the_language_that_is_asked_for_else_the_users_else_korean() {
        assertThat(message(bench.get("/t/nowhere"))).contains("주소");
        assertThat(message(bench.get("/t/nowhere", "Accept-Language", "en-US,ko;q=0.5")))
                .contains("address");
        assertThat(message(bench.get("/t/nowhere", "Accept-Language", "fr,en;q=0.1")))
                .contains("address");
        assertThat(message(bench.get("/t/nowhere", "Accept-Language", ";;;=q"))).contains("주소");
        assertThat(message(bench.post("english", "/t/things", "{"))).contains("JSON. Check");
        assertThat(message(bench.post("english", "/t/things", "{", "Accept-Language", "ko")))
                .contains("본문");
        assertThat(
                        bench.get("/t/open", "Accept-Language", "en")
                                .body()
                                .get("message")
                                .stringValue())
                .isEqualTo("Done.");
    }

    private static String message(Answer answer) {
        return answer.body().get("error").get("message").stringValue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{}{}",
                "{} x",
                "{\"name\":\"a\",\"name\":\"b\"}",
                "{\"items\":[{\"name\":\"a\",\"name\":\"b\"}]}",
                "{'name':1}",
                "{\"name\":01}",
                "{\"count\":NaN}",
                "{\"count\":Infinity}",
                "{\"name\":\"a\nb\"}",
                "{\"name\":\"\\x\"}",
                "{\"name\":\"\\ud8\"}",
                "// comment\n{}",
                "{,}",
                "[1,]",
                "nul"
            })
    void what_is_no_json_is_malformed(String body) {
        Answer answer = bench.post("mina", "/t/things", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("MALFORMED_JSON");
    }

    @Test
    void bytes_that_are_no_utf8_are_malformed() {
        for (byte[] bytes :
                List.of(
                        new byte[] {'"', (byte) 0xFF, '"'},
                        new byte[] {'"', (byte) 0xC0, (byte) 0x80, '"'},
                        new byte[] {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'},
                        new byte[] {'"', (byte) 0xE2, (byte) 0x82, '"'},
                        new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF, '{', '}'},
                        new byte[] {(byte) 0xFE, (byte) 0xFF, 0, '{', 0, '}'},
                        new byte[] {'{', 0, '}', 0},
                        new byte[] {0})) {
            Answer answer = bench.ask("POST", "/t/things", bytes, "Authorization", "Bearer mina");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("MALFORMED_JSON");
        }
    }

    @Test
    void a_hundred_levels_are_deep_enough() {
        assertThat(bench.post("mina", "/t/things", nested(99)).status()).isEqualTo(201);
        assertThat(bench.post("mina", "/t/things", nested(100)).code()).isEqualTo("MALFORMED_JSON");
        assertThat(bench.post("mina", "/t/things", nested(100_000)).code())
                .isEqualTo("MALFORMED_JSON");
    }

    private static String nested(int levels) {
        return "{\"name\":\"tea\",\"count\":3,\"unknown\":"
                + "[".repeat(levels)
                + "]".repeat(levels)
                + "}";
    }

    @Test
    void every_wrong_field_is_named_with_its_path() {
        Answer answer =
                bench.post(
                        "english",
                        "/t/things",
                        "{\"name\":5,\"count\":10,\"items\":[{\"name\":\"a\"},{},{\"name\":\"toolong\"}]}");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("VALIDATION_ERROR");
        assertThat(answer.details())
                .hasToString(
                        "{\"name\":\"Must be text.\",\"count\":\"Must be at most 9.\","
                                + "\"items[1].name\":\"This is required.\","
                                + "\"items[2].name\":\"Must be 0–5 characters.\"}");
    }

    @Test
    void nothing_is_coerced() {
        Map<String, String> wrong =
                Map.ofEntries(
                        Map.entry("{\"name\":\"a\",\"count\":\"5\"}", "count"),
                        Map.entry("{\"name\":\"a\",\"count\":5.0}", "count"),
                        Map.entry("{\"name\":\"a\",\"count\":5e0}", "count"),
                        Map.entry("{\"name\":\"a\",\"count\":true}", "count"),
                        Map.entry("{\"name\":\"a\",\"count\":null}", "count"),
                        Map.entry("{\"name\":\"a\",\"count\":[5]}", "count"),
                        Map.entry("{\"name\":\"a\",\"count\":99999999999999999999999}", "count"),
                        Map.entry("{\"name\":\"a\",\"count\":1e999999999}", "count"),
                        Map.entry("{\"name\":\"a\",\"count\":4294967301}", "count"),
                        Map.entry("{\"name\":true,\"count\":5}", "name"),
                        Map.entry("{\"name\":[\"a\"],\"count\":5}", "name"),
                        Map.entry("{\"name\":{},\"count\":5}", "name"),
                        Map.entry("{\"name\":\"\\u0000\",\"count\":5}", "name"),
                        Map.entry("{\"name\":\"\\ud800\",\"count\":5}", "name"),
                        Map.entry("{\"name\":\"\\udc00\\ud800\",\"count\":5}", "name"),
                        Map.entry("{\"name\":\"a\",\"count\":5,\"items\":{}}", "items"),
                        Map.entry("{\"name\":\"a\",\"count\":5,\"items\":\"x\"}", "items"),
                        Map.entry("{\"name\":\"a\",\"count\":5,\"items\":[1]}", "items[0]"),
                        Map.entry("{\"name\":\"a\",\"count\":5,\"items\":[null]}", "items[0]"),
                        Map.entry("[]", "body"),
                        Map.entry("\"text\"", "body"),
                        Map.entry("null", "body"),
                        Map.entry("5", "body"));
        wrong.forEach((body, field) -> {
            Answer answer = bench.post("mina", "/t/things", body);
            assertThat(answer.status()).as(body).isEqualTo(422);
            assertThat(answer.details().propertyNames()).as(body).containsExactly(field);
        });
        String huge = "{\"name\":\"a\",\"count\":" + "9".repeat(900_000) + "}";
        assertThat(bench.post("mina", "/t/things", huge).status()).isIn(400, 422);
    }

    @Test
    void unknown_fields_are_ignored_and_emoji_are_one_character() {
        assertThat(
                        bench.post(
                                        "mina",
                                        "/t/things",
                                        "{\"name\":\"%s\",\"count\":1,\"role\":\"ADMIN\",\"\":{}}"
                                                .formatted("🌳".repeat(20)))
                                .status())
                .isEqualTo(201);
        assertThat(
                        bench.post(
                                        "mina",
                                        "/t/things",
                                        "{\"name\":\"%s\",\"count\":1}".formatted("🌳".repeat(21)))
                                .status())
                .isEqualTo(422);
    }

    @Test
    void only_json_is_taken() {
        for (String type :
                List.of(
                        "text/plain",
                        "application/x-www-form-urlencoded",
                        "application/jsonp",
                        "application/vnd.api+json",
                        "multipart/form-data; boundary=x",
                        ";",
                        "*/*")) {
            assertThat(bench.post("mina", "/t/things", GOOD, "Content-Type", type).status())
                    .as(type)
                    .isEqualTo(415);
        }
        assertThat(bench.post("mina", "/t/things", GOOD, "Content-Type", "").status())
                .isEqualTo(415);
        for (String type :
                List.of("application/json;charset=utf-8", "Application/JSON ; charset=\"UTF-8\"")) {
            assertThat(bench.post("mina", "/t/things", GOOD, "Content-Type", type).status())
                    .as(type)
                    .isEqualTo(201);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=101",
                "limit=abc",
                "limit=",
                "limit=1.0",
                "limit=%2B5",
                "limit=99999999999999999999999",
                "limit=-1",
                "after=-1",
                "after=x",
                "after=9223372036854775808",
                "user=1",
                "user=",
                "role=KING",
                "role=",
                "word=%00",
                "cursor=garbage",
                "cursor=%F0%9F%8C%B3",
                "cursor=",
                "cursor=AAAA"
            })
    void a_bad_parameter_is_named(String query) {
        Answer answer = bench.get("/t/list?" + query);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.details().propertyNames()).containsExactly(query.split("=", 2)[0]);
    }

    @Test
    void all_bad_parameters_are_named_at_once() {
        assertThat(bench.get("/t/list?limit=0&after=x&user=1").details().propertyNames())
                .containsExactly("limit", "after", "user");
        assertThat(bench.get("/t/list?limit=5&after=9223372036854775807&unknown=1").status())
                .isEqualTo(200);
        for (String query : List.of("word=%FF", "word=%ED%A0%80", "word=%C0%80", "%FF=1")) {
            assertThat(bench.get("/t/list?" + query).status()).as(query).isEqualTo(422);
        }
    }

    @Test
    void one_byte_too_many_is_too_large_announced_or_not() {
        int limit = 1 << 20;
        String padded = GOOD + " ".repeat(limit - GOOD.length());
        assertThat(bench.post("mina", "/t/things", padded).status()).isEqualTo(201);
        assertThat(bench.post("mina", "/t/things", padded + " ").status()).isEqualTo(413);
        assertThat(chunked(padded)).startsWith("HTTP/1.1 201");
        assertThat(chunked(padded + " ")).startsWith("HTTP/1.1 413").contains("PAYLOAD_TOO_LARGE");
        assertThat(
                        bench.raw(
                                "POST /t/things HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 99999999999\r\n\r\n"))
                .startsWith("HTTP/1.1 413");
    }

    private static String chunked(String body) {
        StringBuilder request =
                new StringBuilder(
                        "POST /t/things HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer mina\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int at = 0; at < body.length(); at += 65_536) {
            String part = body.substring(at, Math.min(body.length(), at + 65_536));
            request.append(Integer.toHexString(part.length()))
                    .append("\r\n")
                    .append(part)
                    .append("\r\n");
        }
        return bench.raw(request.append("0\r\n\r\n").toString());
    }

    /// What the web server itself refuses comes in our envelope too, and nothing is a 5xx.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GARBAGE\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
                "GET /t/open HTTP/1.1\r\n\r\n",
                "GET /t/open HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
                "GET /t/open HTTP/1.1\r\nHost: x y\r\n\r\n",
                "GET /t/open HTTP/1.1\r\nHost: x\r\nBad Header: 1\r\n\r\n",
                "GET /t/open HTTP/1.1\r\nHost: x\r\nX: a\u0000b\r\n\r\n",
                "GET /t/%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /t/%00 HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /t%2Fopen HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /t/%2e%2e/t/open HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /t/..;/open HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET \\t\\open HTTP/1.1\r\nHost: x\r\n\r\n",
                "CONNECT x:1 HTTP/1.1\r\nHost: x:1\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET * HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET x HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET http://x HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET //t//open HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /t/open/ HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /t/op%65n%20 HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /T/OPEN HTTP/1.1\r\nHost: x\r\n\r\n",
                "get /t/open HTTP/1.1\r\nHost: x\r\n\r\n",
                "TRACE /t/open HTTP/1.1\r\nHost: x\r\n\r\n",
                "POST /t/public HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST /t/public HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
                "POST /t/public HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\nhello!",
                "POST /t/public HTTP/1.1\r\nHost: x\r\nContent-Length: five\r\n\r\nhello!",
                "POST /t/public HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\nhello!",
                "POST /t/public HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "POST /t/public HTTP/1.1\r\nHost: x\r\nExpect: the-best\r\nContent-Length: 2\r\n\r\n{}"
            })
    void what_is_no_request_is_refused_in_our_envelope(String bytes) {
        String answer = bench.raw(bytes.replaceFirst("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
        assertThat(answer).matches("(?s)HTTP/1.1 (204|4\\d\\d) .*");
        assertThat(answer).containsIgnoringCase("X-Request-Id:").doesNotContain("<html");
        if (!answer.startsWith("HTTP/1.1 204")) {
            assertThat(answer).contains("\"success\":false").contains("\"code\":\"");
        }
        assertThat(answer).doesNotContain("\tat ").doesNotContain("Exception");
    }

    @Test
    void what_is_too_long_is_refused_in_our_envelope() {
        String line = "GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n";
        assertThat(bench.raw(line)).startsWith("HTTP/1.1 414").contains("HEADERS_TOO_LARGE");
        String headers = "GET /t/open HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(20_000) + "\r\n\r\n";
        assertThat(bench.raw(headers)).startsWith("HTTP/1.1 431").contains("HEADERS_TOO_LARGE");
        String english =
                "GET /t/%zz HTTP/1.1\r\nHost: x\r\nAccept-Language: en\r\nX-Request-Id: mine\r\n\r\n";
        assertThat(bench.raw(english)).startsWith("HTTP/1.1 400");
    }

    @Test
    void an_encoded_letter_is_that_letter() {
        assertThat(bench.get("/t/op%65n").status()).isEqualTo(200);
        assertThat(bench.get("/t/open?x=1#y").status()).isEqualTo(200);
    }
}
