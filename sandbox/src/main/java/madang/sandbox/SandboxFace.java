package madang.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import madang.kit.Failure;
import madang.kit.Language;
import madang.kit.http.ApiResponse;
import madang.kit.http.Face;
import madang.kit.http.Filter;
import madang.kit.http.Reply;
import madang.kit.http.SecurityHeaders;
import madang.kit.http.Steps;
import madang.kit.json.Json;

/// How stand-ins speak HTTP: bare bodies, each vendor's own refusals (see [madang.sandbox.stand]),
/// and no token of ours.
final class SandboxFace implements Face {
    private final Json json;
    private final List<Filter> filters;
    private final SecurityHeaders headers =
            new SecurityHeaders()
                    .and("X-Content-Type-Options", "nosniff")
                    .and("X-Frame-Options", "DENY")
                    .and("Referrer-Policy", "no-referrer")
                    .and("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                    .and("X-Madang-Sandbox", "this is no real vendor")
                    .and("Cache-Control", "no-store");

    SandboxFace(Json json, Steps steps) {
        this.json = json;
        filters = List.of(steps::boundedRoute, steps::size);
    }

    @Override
    public String name() {
        return "sandbox";
    }

    @Override
    public List<Filter> filters() {
        return filters;
    }

    @Override
    public Reply answer(ApiResponse response, Language language) {
        return Reply.of(response, () -> json.write(response.data()));
    }

    /// Only of what no vendor would say himself: no such method, too large a body, a fault of ours.
    @Override
    public Reply problem(Failure failure, Language language) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", "sandbox");
        body.put("error_description", failure.code());
        return Reply.json(failure.status(), json.write(body));
    }

    @Override
    public SecurityHeaders headers() {
        return headers;
    }
}
