package madang.sandbox.stand;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import madang.kit.http.ApiRequest;
import madang.kit.http.Param;
import org.jspecify.annotations.Nullable;

/// The fields of a request: of its form, where it brings one (`application/x-www-form-urlencoded`),
/// and else of its query. A field that comes several times, as from ticked boxes, is one text with
/// spaces between.
public final class Fields {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Pattern BETWEEN = Pattern.compile("[ ,]+");

    private final ApiRequest request;
    private final Map<String, String> form;

    private Fields(ApiRequest request, Map<String, String> form) {
        this.request = request;
        this.form = form;
    }

    public static Fields of(ApiRequest request) {
        @Nullable String type = request.header("Content-Type");
        boolean isForm = type != null && type.split(";", 2)[0].strip().equalsIgnoreCase(FORM);
        return new Fields(request, isForm ? parsed(new String(request.bytes(), UTF_8)) : Map.of());
    }

    /// Of the form alone, as a vendor reads what may not stand in an address.
    public @Nullable String inForm(String name) {
        return form.get(name);
    }

    public @Nullable String get(String name) {
        @Nullable String inForm = form.get(name);
        return inForm == null ? request.get(Param.text(name)) : inForm;
    }

    /// The field, empty where there is none.
    public String text(String name) {
        @Nullable String value = get(name);
        return value == null ? "" : value;
    }

    public boolean has(String name) {
        return get(name) != null;
    }

    /// The words of a list with spaces or commas, as scopes come.
    public List<String> words(String name) {
        return split(get(name));
    }

    public static List<String> split(@Nullable String list) {
        return list == null
                ? List.of()
                : BETWEEN.splitAsStream(list.strip()).filter(word -> !word.isEmpty()).toList();
    }

    private static Map<String, String> parsed(String body) {
        Map<String, String> fields = new LinkedHashMap<>();
        Stream.of(body.split("&", -1))
                .filter(pair -> !pair.isEmpty())
                .map(pair -> pair.split("=", 2))
                .forEach(pair ->
                        fields.merge(
                                decoded(pair[0]),
                                pair.length == 2 ? decoded(pair[1]) : "",
                                (one, other) -> one + " " + other));
        return fields;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException halfASign) {
            return text;
        }
    }
}
