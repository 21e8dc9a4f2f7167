package madang.kit.http;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import madang.kit.Failure;
import madang.kit.Language;
import madang.kit.Text;
import madang.kit.Texts;
import madang.kit.json.Json;
import org.jspecify.annotations.Nullable;

/// Puts answers and failures into the native envelope, in the language of the reader.
final class Renderer {
    private record Success(
            boolean success, @Nullable Object data, String message, Instant timestamp) {}

    private record Refusal(boolean success, Problem error, Instant timestamp) {}

    private record Problem(String code, String message, Map<String, Object> details) {}

    private final Json json;
    private final Texts texts;
    private final InstantSource clock;

    Renderer(Json json, Texts texts, InstantSource clock) {
        this.json = json;
        this.texts = texts;
        this.clock = clock;
    }

    Reply answer(ApiResponse response, Language language) {
        return Reply.of(response, () -> enveloped(response, language));
    }

    Reply problem(Failure failure, Language language) {
        String sentence = texts.say(language, "error." + failure.code(), failure.args());
        Problem problem = new Problem(failure.code(), sentence, inWords(failure, language));
        Reply reply =
                Reply.json(
                        failure.status(), json.write(new Refusal(false, problem, clock.instant())));
        @Nullable Long retryAfter = failure.retryAfterSeconds();
        if (retryAfter != null) {
            reply.with("Retry-After", retryAfter.toString());
        }
        if (failure.kind() == Failure.Kind.RANGE_NOT_SATISFIABLE) {
            reply.with("Content-Range", "bytes */" + failure.details().get("size"));
        }
        return reply;
    }

    private byte[] enveloped(ApiResponse response, Language language) {
        return json.write(
                new Success(
                        true,
                        response.data(),
                        texts.say(language, response.message()),
                        clock.instant()));
    }

    private Map<String, Object> inWords(Failure failure, Language language) {
        Map<String, Object> details = new LinkedHashMap<>();
        failure.details()
                .forEach((field, value) ->
                        details.put(
                                field,
                                value instanceof Text text ? texts.say(language, text) : value));
        return details;
    }
}
