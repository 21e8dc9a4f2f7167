package madang.dialect.woongkie;

import static net.logstash.logback.argument.StructuredArguments.entries;

import java.util.LinkedHashMap;
import java.util.Map;
import madang.kit.Caller;
import madang.kit.http.ApiRequest;
import madang.kit.http.Filter;
import madang.kit.http.Reply;
import madang.kit.http.Route;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A line of the log for each thing that operators look up afterwards: who came in and who was not
/// let in, who opened, deleted and joined rooms, who changed what was said. The status tells why
/// somebody was refused. Ids alone: a name that nobody has may be a password in the wrong field.
final class AuditLines {
    private static final Logger audit = LoggerFactory.getLogger("madang.audit");

    /// The event that is written when it was done, and when it was refused.
    private record Line(String done, String refused) {}

    private static final Map<String, Line> LINES =
            Map.of(
                    "POST /auth/register", new Line("register_success", "register_failed"),
                    "POST /auth/login", new Line("login_success", "login_failed"),
                    "POST woongkie:/auth/logout", new Line("logout", "logout_failed"),
                    "POST /rooms", new Line("room_created", "room_create_failed"),
                    "DELETE /rooms/{room}", new Line("room_deleted", "room_delete_failed"),
                    "POST /rooms/{room}/join", new Line("room_joined", "room_join_failed"),
                    "PUT /rooms/{room}/messages/{message}",
                            new Line("message_edited", "message_edit_forbidden"),
                    "DELETE /rooms/{room}/messages/{message}",
                            new Line("message_deleted", "message_delete_forbidden"));

    /// The last step before the route: what was refused earlier was not tried.
    static Reply pass(ApiRequest request, Route route, Filter.Next next) {
        @Nullable Line line = LINES.get(route.toString());
        if (line == null) {
            return next.go();
        }
        Reply reply = next.go();
        write(reply.status() < 400 ? line.done() : line.refused(), request, reply.status());
        return reply;
    }

    private static void write(String event, ApiRequest request, int status) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("audit_event", event);
        line.put("status", status);
        if (request.caller() instanceof Caller.Member member) {
            line.put("actor", member.user().toString());
        }
        line.put("ip", request.address());
        put(line, "room_id", request.place("room"));
        put(line, "message_id", request.place("message"));
        line.put("request_id", request.requestId());
        audit.info("{}", entries(line));
    }

    private static void put(Map<String, Object> line, String name, String value) {
        if (!value.isEmpty()) {
            line.put(name, value);
        }
    }

    private AuditLines() {}
}
