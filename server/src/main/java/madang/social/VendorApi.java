package madang.social;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;
import madang.kit.Failure;
import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Limit;
import madang.kit.http.Param;
import madang.kit.http.Routes;
import madang.kit.json.Json;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What providers call. They speak by their own rules: Kakao's unlink webhook wants to hear 200
/// whatever we think of it, events (RFC 8935) 202, or 400 with a word that says why.
final class VendorApi {
    private static final Logger log = LoggerFactory.getLogger(VendorApi.class);
    private static final String WEBHOOKS = "/api/v1/webhooks/";
    private static final Param<String> USER_ID = Param.text("user_id");
    private static final int MAX_FORM = 4_096;

    private final Social social;
    private final Json json;

    VendorApi(Social social, Json json) {
        this.social = social;
        this.json = json;
    }

    void routes(Routes routes) {
        routes.get(WEBHOOKS + "kakao/unlink", Access.PUBLIC, Limit.VENDOR, this::unlinkedByQuery)
                .summary("Kakao tells that somebody disconnected our app")
                .takes(USER_ID);
        routes.post(WEBHOOKS + "kakao/unlink", Access.PUBLIC, Limit.VENDOR, this::unlinkedByForm)
                .summary("The same, as a form");
        for (Provider provider : new Provider[] {Provider.KAKAO, Provider.GOOGLE}) {
            routes.post(
                            WEBHOOKS + provider + "/account",
                            Access.PUBLIC,
                            Limit.VENDOR,
                            request -> event(request, provider))
                    .summary("A security event token: what became of an account there");
        }
    }

    private ApiResponse unlinkedByQuery(ApiRequest request) {
        return unlinked(request, request.get(USER_ID));
    }

    private ApiResponse unlinkedByForm(ApiRequest request) {
        return unlinked(request, form(request.bytes()).get("user_id"));
    }

    /// A fault of ours must not be heard either: Kakao would only call it an error of its webhook.
    private ApiResponse unlinked(ApiRequest request, @Nullable String userId) {
        try {
            if (userId != null && Person.isName(userId)) {
                social.linkIsOver(Provider.KAKAO, request.header("Authorization"), userId);
            }
        } catch (RuntimeException ours) {
            log.error("an unlinking at Kakao was not heard", ours);
        }
        return ApiResponse.raw(200, "application/json", new byte[0]);
    }

    private ApiResponse event(ApiRequest request, Provider provider) {
        try {
            social.hear(provider, new String(request.bytes(), UTF_8).strip());
            return ApiResponse.raw(202, "application/json", new byte[0]);
        } catch (Failure refused) {
            if (refused.kind() == Failure.Kind.UNAVAILABLE) {
                throw refused;
            }
            return ApiResponse.raw(
                    400,
                    "application/json",
                    json.write(
                            Map.of(
                                    "err",
                                    "invalid_request",
                                    "description",
                                    "this token is not believed")));
        }
    }

    /// The fields of a form; one that cannot be read says nothing.
    private static Map<String, String> form(byte[] body) {
        Map<String, String> fields = new HashMap<>();
        if (body.length > MAX_FORM) {
            return fields;
        }
        for (String field : new String(body, UTF_8).split("&", -1)) {
            String[] parts = field.split("=", 2);
            try {
                fields.put(parts[0], URLDecoder.decode(parts[parts.length - 1], UTF_8));
            } catch (IllegalArgumentException malformed) {
                // this field says nothing
            }
        }
        return fields;
    }
}
