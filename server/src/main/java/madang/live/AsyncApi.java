package madang.live;

import io.swagger.v3.core.util.Yaml31;
import io.swagger.v3.oas.models.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import madang.kit.http.Schemas;

/// The AsyncAPI 3.0 document of the native socket, made from the tables of its methods and pushes;
/// so it cannot say anything else than what the server does. `receive` and `send` are the server's
/// side, as the standard wants it.
public final class AsyncApi {
    private static final String SOCKET = "#/channels/socket";

    private final Schemas schemas = new Schemas();
    private final Map<String, Object> messages = new LinkedHashMap<>();
    private final Map<String, Object> operations = new LinkedHashMap<>();
    private final Map<String, Object> document;

    public AsyncApi(String title, String version, SocketMethods methods) {
        messages.put("refused", message("A call was refused", refused()));
        methods.table().forEach(this::method);
        methods.pushes().forEach(this::push);
        document =
                members(
                        "asyncapi",
                        "3.0.0",
                        "info",
                        members(
                                "title",
                                title,
                                "version",
                                version,
                                "description",
                                "Made from the tables of methods and pushes. Where sockets are"
                                        + " blocked, GET /api/v1/chat/sse brings the same frames as"
                                        + " server-sent events and POST"
                                        + " /api/v1/chat/sse/{stream} takes them.",
                                "license",
                                members("name", "Apache-2.0")),
                        "defaultContentType",
                        "application/json",
                        "servers",
                        members("house", server()),
                        "channels",
                        members("socket", socket(), "event", event()),
                        "operations",
                        operations,
                        "components",
                        members(
                                "messages",
                                messages,
                                "schemas",
                                schemas.all(),
                                "securitySchemes",
                                members(
                                        "token",
                                        members(
                                                "type",
                                                "http",
                                                "scheme",
                                                "bearer",
                                                "bearerFormat",
                                                "JWT"),
                                        "ticket",
                                        members(
                                                "type",
                                                "httpApiKey",
                                                "name",
                                                "ticket",
                                                "in",
                                                "query"))));
    }

    public String yaml() {
        return Yaml31.pretty(document);
    }

    private static Map<String, Object> server() {
        return members(
                "host",
                "{host}",
                "protocol",
                "wss",
                "description",
                "This house; ws where it has no TLS. By a token or a ticket, either is enough",
                "variables",
                members("host", members("default", "localhost:8080")),
                "security",
                List.of(
                        ref("#/components/securitySchemes/token"),
                        ref("#/components/securitySchemes/ticket")));
    }

    private Map<String, Object> socket() {
        return channel("/api/v1/chat/ws", Schemas.plain("object"));
    }

    private Map<String, Object> event() {
        Schema<?> query =
                Schemas.plain("object")
                        .addProperty(
                                "event_id",
                                Schemas.plain("string")
                                        .description(
                                                "Whose room it is about: it hears that room from"
                                                        + " the start, and calls may name no other"))
                        .addProperty(
                                "after",
                                Schemas.plain("integer")
                                        .description("Where the caller stands in the log"));
        query.setRequired(List.of("event_id"));
        return channel("/api/v1/ws", query);
    }

    private Map<String, Object> channel(String address, Schema<?> query) {
        Map<String, Object> all = new LinkedHashMap<>();
        messages.keySet().forEach(name -> all.put(name, ref("#/components/messages/" + name)));
        query.addProperty(
                "ticket",
                Schemas.plain("string")
                        .description(
                                "From POST /api/v1/auth/ws-ticket, for one use; not needed beside"
                                        + " an Authorization header"));
        return members(
                "address",
                address,
                "messages",
                all,
                "bindings",
                members("ws", members("method", "GET", "query", query)));
    }

    private void method(SocketMethods.Method method) {
        String call = method.name() + ".call";
        String result = method.name() + ".result";
        messages.put(call, message(method.summary(), call(method)));
        messages.put(result, message("The answer to " + method.name(), answer(method)));
        operations.put(
                call,
                members(
                        "action",
                        "receive",
                        "channel",
                        ref(SOCKET),
                        "summary",
                        method.summary(),
                        "messages",
                        List.of(inChannel(call)),
                        "reply",
                        members(
                                "channel",
                                ref(SOCKET),
                                "messages",
                                List.of(inChannel(result), inChannel("refused")))));
    }

    private void push(SocketMethods.Push push) {
        String name = push.name() + ".push";
        messages.put(name, message(push.summary(), frame(push.name(), params(push))));
        operations.put(
                name,
                members(
                        "action",
                        "send",
                        "channel",
                        ref(SOCKET),
                        "summary",
                        push.summary(),
                        "messages",
                        List.of(inChannel(name))));
    }

    private Schema<?> call(SocketMethods.Method method) {
        return frame(method.name(), schemas.of(method.params())).addProperty("id", id());
    }

    private static Schema<?> frame(String method, Schema<?> params) {
        Schema<?> frame =
                Schemas.plain("object")
                        .addProperty("method", word(method))
                        .addProperty("params", params);
        frame.setRequired(List.of("method"));
        return frame;
    }

    private Schema<?> params(SocketMethods.Push push) {
        Schema<?> params = schemas.of(push.params());
        if (push.member().isEmpty()) {
            return params;
        }
        Schema<?> more =
                Schemas.plain("object").addProperty(push.member(), Schemas.plain("integer"));
        Schema<?> both = new Schema<>();
        both.setAllOf(List.of(params, more));
        return both;
    }

    private Schema<?> answer(SocketMethods.Method method) {
        Schema<?> result =
                method.result() == Void.class
                        ? Schemas.plain("object")
                        : schemas.of(method.result());
        Schema<?> answer =
                Schemas.plain("object").addProperty("id", id()).addProperty("result", result);
        answer.setRequired(List.of("id", "result"));
        return answer;
    }

    private Schema<?> refused() {
        Schema<?> refused =
                Schemas.plain("object")
                        .addProperty("id", id())
                        .addProperty("error", schemas.of(SocketMethods.Refusal.class));
        refused.setRequired(List.of("id", "error"));
        return refused;
    }

    private static Schema<?> id() {
        Schema<?> number = Schemas.plain("number");
        Schema<?> text = Schemas.plain("string");
        text.setMaxLength(SocketMethods.MAX_ID_LENGTH);
        Schema<?> id = new Schema<>();
        id.setAnyOf(List.of(number, text));
        return id;
    }

    private static Schema<?> word(String only) {
        Schema<?> word = Schemas.plain("string");
        word.setConst(only);
        return word;
    }

    private static Map<String, Object> message(String summary, Schema<?> payload) {
        return members("summary", summary, "payload", payload);
    }

    private static Map<String, Object> inChannel(String message) {
        return ref(SOCKET + "/messages/" + message);
    }

    private static Map<String, Object> ref(String to) {
        return members("$ref", to);
    }

    private static Map<String, Object> members(Object... namesAndValues) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            members.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return members;
    }
}
