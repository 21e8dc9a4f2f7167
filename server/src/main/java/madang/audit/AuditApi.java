package madang.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Map;
import madang.kit.Cursor;
import madang.kit.Id;
import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Limit;
import madang.kit.http.Param;
import madang.kit.http.Routes;
import madang.kit.json.Json;
import org.jspecify.annotations.Nullable;

/// The log over HTTP: administrators read it, whoever runs this server has the chain checked.
final class AuditApi {
    private static final String LOG = "/api/v1/admin/audit-logs";
    private static final Param<Id<Object>> ACTOR = Param.id("actor");
    private static final Param<Id<Object>> TARGET = Param.id("target");
    private static final Param<String> ACTION = Param.text("action");
    private static final Param<Instant> FROM = Param.time("from");
    private static final Param<Instant> UNTIL = Param.time("until");
    private static final Param<String> HEAD = Param.text("head");

    /// `reason` says why, where the house itself acted and there is no actor.
    record AuditEntryView(
            Id<Noted> id,
            Instant at,
            @Nullable Id<?> actor,
            @Nullable String reason,
            String action,
            String targetType,
            @Nullable Id<?> target,
            @Nullable String address,
            Map<?, ?> details) {}

    private final Audit audit;
    private final Json json;

    AuditApi(Audit audit, Json json) {
        this.audit = audit;
        this.json = json;
    }

    void routes(Routes routes) {
        routes.get(LOG, Access.ADMIN, Limit.API, this::page)
                .summary("Who did what to whom, the latest first")
                .takes(ACTOR, TARGET, ACTION, FROM, UNTIL)
                .answersPage(AuditEntryView.class);
        routes.get(LOG + "/check", Access.OPERATOR, Limit.API, this::check)
                .summary("Walk along the chain of the audit log and name the first fault")
                .takes(HEAD)
                .answers(200, AuditCheck.class);
    }

    private ApiResponse page(ApiRequest request) {
        @Nullable Cursor cursor = Cursor.of(request.get(Param.CURSOR));
        AuditStore.Question question =
                new AuditStore.Question(
                        request.get(ACTOR),
                        request.get(TARGET),
                        request.get(ACTION),
                        request.get(FROM),
                        request.get(UNTIL),
                        cursor == null ? null : cursor.id(0),
                        request.require(Param.LIMIT) + 1);
        return ApiResponse.ok(audit.page(question).map(this::view));
    }

    private ApiResponse check(ApiRequest request) {
        return ApiResponse.ok(audit.check(request.get(HEAD)));
    }

    private AuditEntryView view(Noted entry) {
        return new AuditEntryView(
                entry.id(),
                entry.at(),
                entry.actor(),
                entry.reason(),
                entry.action(),
                entry.targetType(),
                entry.target(),
                entry.address(),
                json.readOwn(entry.details().getBytes(UTF_8), Map.class));
    }
}
