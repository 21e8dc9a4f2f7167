package madang.kit.http;

import io.swagger.v3.core.util.Json31;
import io.swagger.v3.core.util.Yaml31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.ArrayList;
import java.util.List;

/// The OpenAPI 3.1 document, made from the route table and the records that routes take and answer;
/// so it cannot say anything else than what the server does.
public final class OpenApi {
    private final Schemas schemas = new Schemas();
    private final OpenAPI document;

    public OpenApi(String title, String version, List<Route> routes) {
        document =
                new OpenAPI()
                        .openapi("3.1.0")
                        .info(
                                new Info()
                                        .title(title)
                                        .version(version)
                                        .description(
                                                "Made from the route table. Answers come in the"
                                                        + " envelope {success, data, message,"
                                                        + " timestamp}, refusals as {success, error:"
                                                        + " {code, message, details}, timestamp}. Routes of"
                                                        + " a dialect speak as their clients expect.")
                                        .license(
                                                new License()
                                                        .name("Apache-2.0")
                                                        .identifier("Apache-2.0")));
        document.paths(paths(routes));
        document.components(
                new Components()
                        .schemas(schemas.all())
                        .addSecuritySchemes(
                                "token",
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .bearerFormat("JWT")));
    }

    public String yaml() {
        return Yaml31.pretty(document);
    }

    public String json() {
        return Json31.pretty(document);
    }

    private Paths paths(List<Route> routes) {
        Paths paths = new Paths();
        for (Route route : routes) {
            if (!route.isHidden() && !isTaken(paths, route)) {
                PathItem item = paths.computeIfAbsent(route.path(), _ -> new PathItem());
                item.operation(PathItem.HttpMethod.valueOf(route.method()), operation(route));
            }
        }
        return paths;
    }

    /// Only the own addresses of dialects may have the same path; the first one is shown.
    private static boolean isTaken(Paths paths, Route route) {
        PathItem.HttpMethod method = PathItem.HttpMethod.valueOf(route.method());
        return paths.containsKey(route.path())
                && paths.get(route.path()).readOperationsMap().containsKey(method);
    }

    private Operation operation(Route route) {
        Operation operation =
                new Operation()
                        .summary(route.summary())
                        .operationId(operationId(route))
                        .addTagsItem(tag(route))
                        .parameters(parameters(route))
                        .responses(responses(route));
        if (route.isOwn()) {
            operation.description("At the own address of this dialect only");
        }
        if (route.isUpload()) {
            operation.requestBody(
                    new RequestBody().required(true).content(form(schemas.form(route.body()))));
        } else if (route.body() != null) {
            operation.requestBody(
                    new RequestBody()
                            .required(!route.isBodyOptional())
                            .content(json(schemas.of(route.body()))));
        }
        if (route.access() != Access.PUBLIC) {
            operation.addSecurityItem(new SecurityRequirement().addList("token"));
        }
        return operation;
    }

    private static List<Parameter> parameters(Route route) {
        List<Parameter> parameters = new ArrayList<>();
        for (String place : route.placeNames()) {
            parameters.add(
                    new Parameter()
                            .in("path")
                            .name(place)
                            .required(true)
                            .schema(Schemas.plain("string")));
        }
        route.params().forEach(param -> parameters.add(parameter(param)));
        if (route.takesIdempotencyKey()) {
            parameters.add(
                    new Parameter()
                            .in("header")
                            .name("Idempotency-Key")
                            .description(
                                    "1–255 visible ASCII characters; the same key and body"
                                            + " answer the same within 24 h")
                            .schema(Schemas.plain("string")));
        }
        return parameters;
    }

    private static Parameter parameter(Param<?> param) {
        return new Parameter().in("query").name(param.name()).schema(Schemas.of(param));
    }

    private ApiResponses responses(Route route) {
        ApiResponses responses = new ApiResponses();
        io.swagger.v3.oas.models.responses.ApiResponse good =
                new io.swagger.v3.oas.models.responses.ApiResponse().description("Done");
        if (route.answer() != null) {
            Schema<?> data = schemas.of(route.answer());
            good.content(json(route.face() == null ? enveloped(route, data) : data));
        }
        responses.addApiResponse(Integer.toString(route.status()), good);
        io.swagger.v3.oas.models.responses.ApiResponse refused =
                new io.swagger.v3.oas.models.responses.ApiResponse().description("Refused");
        if (route.face() == null) {
            refused.content(json(schemas.problem()));
        }
        return responses.addApiResponse("default", refused);
    }

    private Schema<?> enveloped(Route route, Schema<?> data) {
        return schemas.envelope(route.isPage() ? schemas.page(data) : data);
    }

    private static Content form(Schema<?> schema) {
        return new Content().addMediaType("multipart/form-data", new MediaType().schema(schema));
    }

    private static Content json(Schema<?> schema) {
        return new Content().addMediaType("application/json", new MediaType().schema(schema));
    }

    /// `GET /api/v1/chat/rooms/{room}/members` → `get_chat_room_members`, so that a generated
    /// client has `getChatRoomMembers`; a dialect's name comes before it.
    private static String operationId(Route route) {
        String words =
                route.path()
                        .replaceFirst("^/api/v1", "")
                        .replaceAll("\\b(\\w+)s/\\{\\1}", "$1")
                        .replaceAll("[^a-zA-Z0-9]+", "_");
        String trimmed = words.replaceAll("^_|_$", "");
        String dialect = route.face() == null ? "" : route.face().name() + "_";
        return dialect
                + route.method().toLowerCase(java.util.Locale.ROOT)
                + (trimmed.isEmpty() ? "" : "_" + trimmed);
    }

    /// The first word after `/api/v1`: the feature, as its users see it; or the dialect.
    private static String tag(Route route) {
        if (route.face() != null) {
            return route.face().name();
        }
        String path = route.path().replaceFirst("^/api/v1/", "").replaceFirst("^/", "");
        return path.split("/", 2)[0];
    }
}
