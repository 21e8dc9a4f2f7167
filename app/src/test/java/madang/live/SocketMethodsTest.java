package madang.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.stream.IntStream;
import madang.testing.RawSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The shapes of JSON-RPC, word for word; after every mistake the socket still answers.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SocketMethodsTest {
    private static final String ECHO =
            "{\"id\":%s,\"method\":\"echo\",\"params\":{\"text\":\"tea\"}}";
    private final LiveServer server = new LiveServer();

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "0",
                "-1",
                "1.5",
                "12345678901234567890123",
                "\"\"",
                "\"a\"",
                "\"7\"",
                "\"차 한잔 \\\"\"",
                "\"0123456789012345678901234567890123456789012345678901234567890123\""
            })
    void an_id_comes_back_as_it_was(String id) throws IOException {
        assertThat(answerTo(ECHO.formatted(id)))
                .isEqualTo("{\"id\":" + id + ",\"result\":{\"text\":\"tea\"}}");
    }

    @Test
    void who_asks_whether_somebody_is_there_is_answered() throws IOException {
        assertThat(answerTo("{\"id\":1,\"method\":\"ping\"}"))
                .isEqualTo("{\"id\":1,\"result\":{}}");
        assertThat(answerTo("{\"id\":2,\"method\":\"ping\",\"params\":{\"at\":7}}"))
                .isEqualTo("{\"id\":2,\"result\":{}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "{}",
                "[]",
                "1e999",
                "\"01234567890123456789012345678901234567890123456789012345678901234\""
            })
    void what_is_no_id_is_named(String id) throws IOException {
        assertThat(answerTo(ECHO.formatted(id)))
                .startsWith("{\"id\":null,\"error\":{\"code\":\"VALIDATION_ERROR\"")
                .contains("\"details\":{\"id\":\"Must be a number or a text of at most 64");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "tea",
                "{",
                "[]",
                "[{\"id\":1,\"method\":\"echo\"}]",
                "null",
                "7",
                "\"echo\"",
                "{\"id\":1,}",
                "{\"id\":1,\"id\":2}",
                "{\"id\":1} {}",
                "{'id':1}",
                "{\"id\":01}",
                "\uFEFF{}"
            })
    void what_is_no_object_is_malformed(String text) throws IOException {
        assertThat(answerTo(text))
                .startsWith("{\"id\":null,\"error\":{\"code\":\"MALFORMED_JSON\",\"message\":\"");
    }

    @Test
    void nesting_ends_somewhere() throws IOException {
        assertThat(answerTo("[".repeat(60_000))).contains("MALFORMED_JSON");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'id':7,'method':'dance'}                             | METHOD_NOT_FOUND | There is no such method.",
                "{'id':7,'method':'ECHO'}                              | METHOD_NOT_FOUND | There is no such method.",
                "{'id':7}                                              | VALIDATION_ERROR | 'details':{'method':",
                "{'id':7,'method':7}                                   | VALIDATION_ERROR | 'details':{'method':",
                "{'id':7,'method':'echo'}                              | VALIDATION_ERROR | 'details':{'text':",
                "{'id':7,'method':'echo','params':{'text':5}}          | VALIDATION_ERROR | 'details':{'text':",
                "{'id':7,'method':'echo','params':[]}                  | VALIDATION_ERROR | 'details':{'body':",
                "{'id':7,'method':'fail','params':{'text':'x'}}        | SERVER_ERROR     | 'message':",
            })
    void a_wrong_call_is_told_why(String call, String code, String hint) throws IOException {
        assertThat(answerTo(call.replace('\'', '"')))
                .startsWith("{\"id\":7,\"error\":{\"code\":\"" + code + "\",\"message\":\"")
                .contains(hint.replace('\'', '"'))
                .doesNotContain("what people wrote");
    }

    @Test
    void a_method_without_a_result_answers_an_empty_object() throws IOException {
        assertThat(answerTo("{\"id\":7,\"method\":\"hear\",\"params\":{\"topic\":\"yard\"}}"))
                .isEqualTo("{\"id\":7,\"result\":{}}");
    }

    @Test
    void who_gives_no_id_gets_no_answer_and_no_error() throws IOException {
        try (RawSocket mina = server.connect("mina")) {
            mina.say("{\"method\":\"echo\",\"params\":{\"text\":\"tea\"}}");
            mina.say("{\"id\":null,\"method\":\"echo\",\"params\":{\"text\":\"tea\"}}");
            mina.say("{\"method\":\"dance\"}");
            mina.say("{\"method\":\"echo\"}");
            mina.say("{\"method\":\"fail\",\"params\":{\"text\":\"tea\"}}");
            mina.say(
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"hear\",\"params\":{\"topic\":\"yard\"}}");
            assertThat(mina.hears()).isEqualTo("{\"id\":1,\"result\":{}}");
        }
    }

    @Test
    void the_fast_are_refused_and_told_how_long_to_wait() throws Exception {
        try (var strict = new LiveServer(20, 40);
                RawSocket mina = strict.connect("mina")) {
            IntStream.range(0, 60).forEach(i -> mina.say(ECHO.formatted(i)));
            long refused =
                    IntStream.range(0, 60)
                            .mapToObj(_ -> mina.hears())
                            .filter(answer -> answer.contains("\"code\":\"RATE_LIMIT_EXCEEDED\""))
                            .peek(answer ->
                                    assertThat(answer).containsPattern("\"retry_after_ms\":[1-9]"))
                            .count();
            assertThat(refused).isBetween(1L, 20L);

            strict.passes(Duration.ofSeconds(2));
            mina.say(ECHO.formatted("\"later\""));
            assertThat(mina.hears()).startsWith("{\"id\":\"later\",\"result\"");
        }
    }

    @Test
    void who_heeds_no_refusal_is_closed_with_4429_and_others_are_not() throws Exception {
        try (var strict = new LiveServer(1, 2);
                RawSocket haneul = strict.connect("haneul");
                RawSocket mina = strict.connect("mina")) {
            for (int i = 0; i < 100; i++) {
                haneul.say(ECHO.formatted(i));
            }
            assertThat(haneul.closeCode()).isEqualTo(4429);
            mina.say(ECHO.formatted(1));
            assertThat(mina.hears()).contains("result");
        }
    }

    /// What the call is answered with, on a socket that then still works.
    private String answerTo(String call) throws IOException {
        try (RawSocket mina = server.connect("mina")) {
            mina.say(call);
            String answer = mina.hears();
            mina.say(ECHO.formatted("\"still here\""));
            assertThat(mina.hears()).startsWith("{\"id\":\"still here\",\"result\"");
            return answer;
        }
    }
}
