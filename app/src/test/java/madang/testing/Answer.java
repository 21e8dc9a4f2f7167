package madang.testing;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import madang.kit.json.Json;
import tools.jackson.databind.JsonNode;

/// What came back over HTTP.
public record Answer(HttpResponse<byte[]> response) {
    private static final Json JSON = new Json();

    public int status() {
        return response.statusCode();
    }

    public String text() {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    public JsonNode body() {
        return JSON.tree(response.body());
    }

    public JsonNode data() {
        return body().get("data");
    }

    /// A text of the data.
    public String text(String field) {
        return data().get(field).stringValue();
    }

    /// The code of a refusal.
    public String code() {
        return body().path("error").path("code").asString();
    }

    public JsonNode details() {
        return body().path("error").path("details");
    }

    public String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /// The value of a cookie that was set.
    public String cookie(String name) {
        return response.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith(name + "="))
                .map(cookie -> cookie.substring(name.length() + 1).split(";", 2)[0])
                .findFirst()
                .orElse("");
    }
}
