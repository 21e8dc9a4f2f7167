package madang.sandbox.stand;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import madang.kit.Failure;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.json.Json;
import tools.jackson.databind.JsonNode;

/// What the sandbox itself is told to do: a form of its pages or the JSON object of a test, field
/// by field the same.
public record Told(Fields form, JsonNode json) {

    public static Told of(ApiRequest request, Json json) {
        boolean isJson =
                String.valueOf(request.header("Content-Type")).startsWith("application/json");
        return new Told(
                Fields.of(request),
                isJson ? tree(request, json) : json.tree(new byte[] {'{', '}'}));
    }

    private static JsonNode tree(ApiRequest request, Json json) {
        try {
            return json.tree(request.bytes());
        } catch (Failure malformed) {
            throw wrong("malformed JSON");
        }
    }

    /// The field, empty where there is none.
    public String text(String name) {
        return textOr(name, "");
    }

    public String textOr(String name, String otherwise) {
        JsonNode value = json.path(name);
        return value.isMissingNode() || value.isNull()
                ? Objects.requireNonNullElse(form.get(name), otherwise)
                : value.asString();
    }

    public int number(String name, int otherwise, int least, int most) {
        String text = textOr(name, "" + otherwise);
        if (!text.matches("\\d{1,9}")) {
            throw wrong(name + " is a whole number");
        }
        int number = Integer.parseInt(text);
        if (number < least || number > most) {
            throw wrong(name + " lies between " + least + " and " + most);
        }
        return number;
    }

    /// What cannot be done as told, and why.
    public static Refused wrong(String why) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", "sandbox");
        body.put("error_description", why);
        return new Refused(ApiResponse.of(400, body));
    }

    /// Back to a page that shows what was done.
    public static ApiResponse seenAt(String page) {
        return ApiResponse.raw(303, "text/html; charset=utf-8", new byte[0])
                .header("Location", page);
    }

    /// Whether a person looks at the answer, and not a program.
    public static boolean isSeen(ApiRequest request) {
        String accept = String.valueOf(request.header("Accept"));
        return accept.contains("text/html");
    }
}
