package madang.live;

import io.swagger.v3.oas.models.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import madang.kit.http.Schemas;
import org.jspecify.annotations.Nullable;

/// The methods and pushes of the native socket for people to read: one plain page without scripts,
/// made from the tables themselves.
@SuppressWarnings("rawtypes") // as swagger has its schemas
public final class SocketPage {
    private static final String REF = "#/components/schemas/";

    private static final String PAGE =
            """
            <!doctype html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>Madang: the socket</title>
              <style>
                :root { color-scheme: light dark; }
                body { max-width: 52rem; margin: 2rem auto; padding: 0 1rem; font: 16px/1.55 system-ui, sans-serif; }
                h2 { margin-top: 3rem; }
                h3 { margin: 2rem 0 0; font-family: ui-monospace, monospace; }
                table { border-collapse: collapse; width: 100%; }
                td { padding: .25rem 1rem .25rem 0; border-bottom: 1px solid #8884; vertical-align: top; }
                code, td:first-child { font-family: ui-monospace, monospace; font-size: 14px; }
                pre { overflow: auto; padding: 1rem; border: 1px solid #8884; border-radius: 10px; }
              </style>
            </head>
            <body>
              <h1>The socket</h1>
              <p>Open <code>/api/v1/chat/ws</code> with an <code>Authorization: Bearer</code> header, or with
                <code>?ticket=</code> from <code>POST /api/v1/auth/ws-ticket</code>. Every frame is one JSON object.
                An <code>id</code> is a number or a text of at most 64 characters and comes back with the answer;
                a call without one is done and never answered.</p>
              <pre>→ {"id":7,"method":"chat.send","params":{"room":"…","text":"차 한 잔?","client_key":"k1"}}
            ← {"id":7,"result":{…}}   or   {"id":7,"error":{"code":"…","message":"…"}}
            ← {"method":"chat.message","params":{…}}</pre>
              <p>Where sockets are blocked, <code>GET /api/v1/chat/sse</code> brings the same frames as server-sent
                events: <code>open</code> names the stream, <code>POST /api/v1/chat/sse/{stream}</code> takes a frame
                (202, its answer comes on the stream), and <code>close</code> brings the code below. Say something,
                if only <code>ping</code>, once within 59 seconds.</p>
              <p>A socket about one event, <code>/api/v1/ws?event_id=</code>, speaks the same: it hears that event's
                room from the start, calls may leave <code>room</code> out, and may name no other.</p>
              <p>A frame is text of at most 64 KiB, its fragments counted together. Who says more than about 20 a
                second is told <code>RATE_LIMIT_EXCEEDED</code> and how long to wait.</p>
              <p>Close codes: 1002 no WebSocket frame, 1003 binary, 1007 no UTF-8, 1009 too long, 1012 the server
                restarts, 1013 come again, for you read too slowly or the house is too busy just now, 4401 the session
                ended, 4429 you heed no refusal. For programs: <a href="/docs/asyncapi.yaml">AsyncAPI</a>,
                <a href="/client/madang-client.js">a JavaScript client</a>. The routes are <a href="/docs">here</a>.</p>
              <h2>Methods</h2>
              {calls}
              <h2>Pushes</h2>
              {pushes}
              <h2>Shapes</h2>
              {shapes}
            </body>
            </html>
            """;

    private final Schemas schemas = new Schemas();
    private final String html;

    public SocketPage(SocketMethods methods) {
        String calls = methods.table().stream().map(this::method).collect(Collectors.joining());
        String pushes = methods.pushes().stream().map(this::push).collect(Collectors.joining());
        html =
                PAGE.replace("{calls}", calls)
                        .replace("{pushes}", pushes)
                        .replace("{shapes}", shapes());
    }

    public String html() {
        return html;
    }

    private String method(SocketMethods.Method method) {
        String result =
                method.result() == Void.class
                        ? "<code>{}</code>"
                        : link(schemas.of(method.result()));
        return heading(method.name(), method.summary())
                + table(shape(method.params()))
                + "<p>Answers "
                + result
                + "</p>";
    }

    private String push(SocketMethods.Push push) {
        String beside =
                push.member().isEmpty() ? "" : " and <code>" + push.member() + "</code>, a number";
        return heading(push.name(), push.summary())
                + "<p>"
                + link(schemas.of(push.params()))
                + beside
                + "</p>";
    }

    private String shapes() {
        return schemas.all().entrySet().stream()
                .map(shape ->
                        "<h3 id=\""
                                + shape.getKey()
                                + "\">"
                                + shape.getKey()
                                + "</h3>"
                                + table(shape.getValue()))
                .collect(Collectors.joining());
    }

    private Schema<?> shape(Class<?> record) {
        String name = schemas.of(record).get$ref().substring(REF.length());
        return Objects.requireNonNull(schemas.all().get(name));
    }

    private static String heading(String name, String summary) {
        return "<h3>" + name + "</h3><p>" + escaped(summary) + "</p>";
    }

    private static String table(Schema<?> shape) {
        @Nullable Map<String, Schema> members = shape.getProperties();
        if (members == null) {
            return "";
        }
        @Nullable List<String> required = shape.getRequired();
        return members.entrySet().stream()
                .map(member ->
                        row(
                                member.getKey(),
                                member.getValue(),
                                required != null && required.contains(member.getKey())))
                .collect(Collectors.joining("", "<table>", "</table>"));
    }

    private static String row(String name, Schema<?> member, boolean isRequired) {
        return "<tr><td>%s</td><td>%s</td><td>%s</td></tr>"
                .formatted(name, link(member), bounds(member, isRequired));
    }

    /// What it is, with a link to where its shape is told.
    private static String link(Schema<?> schema) {
        if (schema.get$ref() != null) {
            String name = schema.get$ref().substring(REF.length());
            return "<a href=\"#" + name + "\">" + name + "</a>";
        }
        if (schema.getAnyOf() != null) {
            return schema.getAnyOf().stream()
                    .map(SocketPage::link)
                    .collect(Collectors.joining(" or "));
        }
        String types =
                schema.getTypes() == null ? "anything" : String.join(" or ", schema.getTypes());
        String of = schema.getItems() == null ? "" : " of " + link(schema.getItems());
        String format = schema.getFormat() == null ? "" : ", " + schema.getFormat();
        return types + of + format;
    }

    private static String bounds(Schema<?> schema, boolean isRequired) {
        List<String> bounds = new ArrayList<>();
        bounds.add(isRequired ? "always" : "");
        bounds.add(
                schema.getMaxLength() == null
                        ? ""
                        : "%d–%d characters"
                                .formatted(
                                        schema.getMinLength() == null ? 0 : schema.getMinLength(),
                                        schema.getMaxLength()));
        bounds.add(
                schema.getEnum() == null
                        ? ""
                        : schema.getEnum().stream()
                                .map(String::valueOf)
                                .collect(Collectors.joining(" ")));
        bounds.removeIf(String::isEmpty);
        return String.join("; ", bounds);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
