package madang.kit.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import madang.kit.Failure;
import madang.kit.json.Json;
import org.jspecify.annotations.Nullable;

/// Steps that faces have in common, for their lists of filters.
public final class Steps {
    private final Json json;
    private final Limits limits;

    public Steps(Json json, Limits limits) {
        this.json = json;
        this.limits = limits;
    }

    /// Refuses an address that asks too often, whatever it asks.
    public Filter bounded(Limit limit) {
        return (request, _, next) -> {
            limits.require(limit, request.neighbourhood());
            return next.go();
        };
    }

    /// Refuses an address that asks for this route too often.
    public Reply boundedRoute(ApiRequest request, Route route, Filter.Next next) {
        limits.require(route.limit(), request.neighbourhood());
        return next.go();
    }

    /// Reads the body, so that later steps know it as a whole. A body whose length is announced is
    /// refused before a byte of it is read; an upload's is left to its route.
    public Reply size(ApiRequest request, Route route, Filter.Next next) {
        if (route.isUpload()) {
            return next.go();
        }
        if (Body.isAnnouncedTooLarge(request.jettyRequest())) {
            throw Body.tooLarge();
        }
        if (route.isUnsafe()) {
            request.bytes(Body.read(request.jettyRequest()));
        }
        return next.go();
    }

    /// The body, then the query: every wrong field of the one, every wrong parameter of the other.
    public Reply input(ApiRequest request, Route route, Filter.Next next) {
        if (route.body() != null && !route.isUpload()) {
            request.body(checked(request, route, route.body()));
        }
        request.check(route.params());
        return next.go();
    }

    private Record checked(ApiRequest request, Route route, Class<? extends Record> type) {
        if (request.bytes().length == 0 && route.isBodyOptional()) {
            return json.read("{}".getBytes(UTF_8), type);
        }
        @Nullable String contentType = request.header("Content-Type");
        if (contentType == null || !isJson(contentType)) {
            throw Failure.of(Failure.Kind.UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_MEDIA_TYPE");
        }
        return json.read(request.bytes(), type);
    }

    private static boolean isJson(String contentType) {
        return contentType.split(";", 2)[0].trim().equalsIgnoreCase("application/json");
    }
}
