package madang.live;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.Language;
import madang.kit.Text;
import madang.kit.Texts;
import madang.kit.json.Json;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// The native protocol: a table of methods, declared like routes, spoken in the shapes of JSON-RPC
/// 2.0 without its `jsonrpc` member: `{"id":7,"method":"chat.send","params":{…}}` →
/// `{"id":7,"result":{…}}` or `{"id":7,"error":{"code":"…","message":"…"}}`. A call without `id` is
/// done and never answered. No call, however wrong, ends the socket; only a peer that heeds no
/// refusal is closed with 4429.
public final class SocketMethods implements SocketProtocol {
    private static final Logger LOG = LoggerFactory.getLogger(SocketMethods.class);
    static final int MAX_ID_LENGTH = 64;
    private static final JsonNode NO_ID = JsonNodeFactory.instance.nullNode();
    private static final JsonNode NO_PARAMS = JsonNodeFactory.instance.objectNode();
    private static final Understanding AS_SAID = (_, params) -> params;
    private static final String RETRY_AFTER = "retry_after_ms";

    private final Json json;
    private final Texts texts;
    private final double framesPerSecond;
    private final int frameBurst;
    private final Map<String, Method> methods = new LinkedHashMap<>();
    private final Map<String, Push> pushes = new LinkedHashMap<>();
    private Consumer<LiveSocket> closing = _ -> {};

    /// Each socket may call so often a second, and so often at once after a silence.
    public SocketMethods(Json json, Texts texts, double framesPerSecond, int frameBurst) {
        this.json = json;
        this.texts = texts;
        this.framesPerSecond = framesPerSecond;
        this.frameBurst = frameBurst;
        on("ping", Ping.class, (_, _) -> {})
                .summary("Are you there? Any answer proves that the line is alive");
    }

    /// Declares a method that answers with a result.
    public <P extends Record, R> Method on(
            String name, Class<P> params, Class<R> result, BiFunction<LiveSocket, P, R> handler) {
        return add(
                new Method(
                        name,
                        params,
                        result,
                        (socket, tree) -> handler.apply(socket, json.read(tree, params))));
    }

    /// Declares a method that answers `{}`.
    public <P extends Record> Method on(
            String name, Class<P> params, BiConsumer<LiveSocket, P> handler) {
        return add(
                new Method(
                        name,
                        params,
                        Void.class,
                        (socket, tree) -> {
                            handler.accept(socket, json.read(tree, params));
                            return Map.of();
                        }));
    }

    /// Runs for every socket that is over, after its last call and before it is forgotten.
    public void onClosed(Consumer<LiveSocket> listener) {
        closing = closing.andThen(listener);
    }

    /// Declares what peers are told without asking.
    public void pushes(String name, Class<? extends Record> params, String summary) {
        pushes(name, params, "", summary);
    }

    /// Declares a push whose params have one number more, which each node adds for itself.
    public void pushes(String name, Class<? extends Record> params, String member, String summary) {
        if (pushes.put(name, new Push(name, params, member, summary)) != null) {
            throw new IllegalStateException("two pushes " + name);
        }
    }

    /// The tables, for whoever documents them.
    public Collection<Method> table() {
        return methods.values();
    }

    public Collection<Push> pushes() {
        return pushes.values();
    }

    /// What a call's params are taken for on sockets that are about one thing: filled in where they
    /// left out what is known, or refused.
    @FunctionalInterface
    public interface Understanding {
        JsonNode params(Method method, JsonNode params);
    }

    /// The same table on such sockets.
    public SocketProtocol understood(Understanding understanding) {
        return new SocketProtocol() {
            @Override
            public void said(LiveSocket socket, byte[] text) {
                SocketMethods.this.said(socket, text, understanding);
            }

            @Override
            public void closed(LiveSocket socket) {
                SocketMethods.this.closed(socket);
            }
        };
    }

    @Override
    public void said(LiveSocket socket, byte[] text) {
        said(socket, text, AS_SAID);
    }

    private void said(LiveSocket socket, byte[] text, Understanding understanding) {
        long waitNanos = paceOf(socket).waitNanos(socket.now());
        if (waitNanos > 0 && paceOf(socket).isAbusive()) {
            socket.close(LiveHub.ABUSE, "too many frames");
            return;
        }
        Language language = socket.caller().language();
        try {
            JsonNode call = object(json.tree(text));
            answer(socket, call, waitNanos, understanding);
        } catch (Failure malformed) {
            send(socket, new Refused(NO_ID, refusal(language, malformed)));
        }
    }

    @Override
    public void closed(LiveSocket socket) {
        closing.accept(socket);
    }

    private void answer(
            LiveSocket socket, JsonNode call, long waitNanos, Understanding understanding) {
        JsonNode id = call.has("id") ? call.get("id") : NO_ID;
        boolean isAnswerWanted = !id.isNull();
        Object answer;
        try {
            if (isAnswerWanted && !isProperId(id)) {
                id = NO_ID;
                throw Failure.invalid("id", "socket_id", MAX_ID_LENGTH);
            }
            answer = new Done(id, call(socket, call, waitNanos, understanding));
        } catch (Failure failure) {
            answer = new Refused(id, refusal(socket.caller().language(), failure));
        } catch (RuntimeException bug) {
            LOG.error("the socket method {} failed", call.path("method"), Faceless.of(bug));
            answer = new Refused(id, refusal(socket.caller().language(), broken()));
        }
        if (isAnswerWanted) {
            send(socket, answer);
        }
    }

    private Object call(
            LiveSocket socket, JsonNode call, long waitNanos, Understanding understanding) {
        if (waitNanos > 0) {
            throw tooFast(TimeUnit.NANOSECONDS.toMillis(waitNanos) + 1);
        }
        Method method = method(call.path("method"));
        long waitMillis = method.limit.waitMillis(socket.caller());
        if (waitMillis > 0) {
            throw tooFast(waitMillis);
        }
        JsonNode params = call.hasNonNull("params") ? call.get("params") : NO_PARAMS;
        return method.body.apply(socket, understanding.params(method, params));
    }

    private Method method(JsonNode name) {
        if (!name.isString()) {
            throw Failure.invalid("method", "text");
        }
        @Nullable Method method = methods.get(name.asString());
        if (method == null) {
            throw Failure.notFound("METHOD_NOT_FOUND");
        }
        return method;
    }

    private Method add(Method method) {
        if (methods.put(method.name, method) != null) {
            throw new IllegalStateException("two methods " + method.name);
        }
        return method;
    }

    private Pace paceOf(LiveSocket socket) {
        return socket.keep(Pace.class, () -> new Pace(framesPerSecond, frameBurst, socket.now()));
    }

    private void send(LiveSocket socket, Object answer) {
        socket.send(Frame.of(json.write(answer)));
    }

    private Refusal refusal(Language language, Failure failure) {
        Map<String, Object> details = new LinkedHashMap<>(failure.details());
        details.replaceAll((_, is) -> is instanceof Text text ? texts.say(language, text) : is);
        return new Refusal(
                failure.code(),
                texts.say(language, "error." + failure.code(), failure.args()),
                details,
                retryAfterMillis(failure));
    }

    /// The exact wait where it is known, else the whole seconds that HTTP would tell.
    private static @Nullable Long retryAfterMillis(Failure failure) {
        if (failure.details().get(RETRY_AFTER) instanceof Long millis) {
            return millis;
        }
        @Nullable Long seconds = failure.retryAfterSeconds();
        return seconds == null ? null : TimeUnit.SECONDS.toMillis(seconds);
    }

    private static JsonNode object(JsonNode tree) {
        if (!tree.isObject()) {
            throw Failure.of(Failure.Kind.MALFORMED, "MALFORMED_JSON");
        }
        return tree;
    }

    /// A number that JSON can say again, or a short text.
    private static boolean isProperId(JsonNode id) {
        return id.isNumber()
                ? !id.isFloatingPointNumber() || Double.isFinite(id.asDouble())
                : id.isString() && id.asString().length() <= MAX_ID_LENGTH;
    }

    /// The sentence speaks of whole seconds, the member of the exact wait.
    private static Failure tooFast(long waitMillis) {
        return Failure.of(
                        Failure.Kind.RATE_LIMITED,
                        "RATE_LIMIT_EXCEEDED",
                        Math.ceilDiv(waitMillis, 1_000L))
                .with(Map.of(RETRY_AFTER, waitMillis));
    }

    private static Failure broken() {
        return Failure.of(Failure.Kind.BROKEN, "SERVER_ERROR");
    }

    /// How long this caller has to wait before the method runs for him again; zero lets him.
    @FunctionalInterface
    public interface Limit {
        long waitMillis(Caller.Member caller);
    }

    /// One line of the table.
    public static final class Method {
        private final String name;
        private final Class<? extends Record> params;
        private final Class<?> result;
        private final BiFunction<LiveSocket, JsonNode, Object> body;
        private Limit limit = _ -> 0;
        private String summary = "";

        private Method(
                String name,
                Class<? extends Record> params,
                Class<?> result,
                BiFunction<LiveSocket, JsonNode, Object> body) {
            this.name = name;
            this.params = params;
            this.result = result;
            this.body = body;
        }

        /// A limit of its own beside the one on frames.
        public Method limited(Limit limit) {
            this.limit = limit;
            return this;
        }

        public Method summary(String summary) {
            this.summary = summary;
            return this;
        }

        public String name() {
            return name;
        }

        public Class<? extends Record> params() {
            return params;
        }

        /// `Void` where the answer is `{}`.
        public Class<?> result() {
            return result;
        }

        public String summary() {
            return summary;
        }
    }

    /// What peers are told; `member` names the number that stands beside the params, if any.
    public record Push(
            String name, Class<? extends Record> params, String member, String summary) {}

    private record Ping() {}

    private record Done(JsonNode id, Object result) {}

    private record Refused(JsonNode id, Refusal error) {}

    record Refusal(
            String code,
            String message,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Object> details,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long retryAfterMs) {}
}
