package madang.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.core.util.Yaml31;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The types of the JavaScript client say what the server sends, member by member: each of their
/// interfaces that has a shape of its name in the socket's own document is written anew from there.
class ClientTypesTest {
    private static final Path TYPES =
            Tree.ROOT.resolve("server/src/main/resources/madang/web/client/madang-client.d.ts");
    private static final Path DOCUMENT = Tree.ROOT.resolve("docs/asyncapi.yaml");

    private static final Pattern INTERFACE =
            Pattern.compile("(?ms)^export interface (\\w+) \\{$(.*?)^\\}$");
    private static final Pattern MEMBER = Pattern.compile("(?m)^  (\\w+)(\\??): (.+);$");
    private static final Pattern RECORD = Pattern.compile("Record<[^>]*>");
    private static final String REF = "#/components/schemas/";

    @Test
    void the_types_of_the_client_are_what_the_server_sends() throws IOException {
        JsonNode shapes =
                Yaml31.mapper()
                        .readTree(Files.readString(DOCUMENT))
                        .path("components")
                        .path("schemas");
        Map<String, Map<String, String>> typed = typed(Files.readString(TYPES));
        Map<String, Map<String, String>> sent = new TreeMap<>();
        typed.keySet()
                .forEach(name -> {
                    @Nullable JsonNode shape = shape(shapes, name);
                    if (shape != null) {
                        sent.put(name, members(shape));
                    }
                });
        assertThat(sent.keySet())
                .contains("Author", "Message", "Opened", "ReadBy", "LookAgain", "Closed");
        typed.keySet().retainAll(sent.keySet());
        assertThat(typed).isEqualTo(sent);
    }

    @Test
    void a_member_that_the_types_lack_or_call_otherwise_is_seen() {
        Map<String, Map<String, String>> typed =
                typed(
                        """
                        export interface Hay {
                          id: string;
                          /** How much. */
                          bales?: number;
                          owner: Author | null;
                        }
                        """);
        assertThat(typed)
                .containsExactly(
                        Map.entry(
                                "Hay",
                                Map.of(
                                        "id", "string",
                                        "bales", "number | null",
                                        "owner", "Author | null")));
    }

    private static @Nullable JsonNode shape(JsonNode shapes, String name) {
        return shapes.has(name) ? shapes.get(name) : shapes.get(name + "View");
    }

    /// What may be left out may as well be null: the document knows no difference.
    private static Map<String, Map<String, String>> typed(String types) {
        return INTERFACE
                .matcher(types)
                .results()
                .collect(
                        Collectors.toMap(
                                found -> found.group(1),
                                found ->
                                        MEMBER.matcher(found.group(2))
                                                .results()
                                                .collect(
                                                        Collectors.toMap(
                                                                member -> member.group(1),
                                                                ClientTypesTest::type)),
                                (one, _) -> one,
                                TreeMap::new));
    }

    private static String type(MatchResult member) {
        String type = RECORD.matcher(member.group(3)).replaceAll("Record");
        return member.group(2).isEmpty() ? type : type + " | null";
    }

    private static Map<String, String> members(JsonNode shape) {
        Map<String, String> members = new LinkedHashMap<>();
        shape.path("properties")
                .properties()
                .forEach(member -> members.put(member.getKey(), type(member.getValue())));
        return members;
    }

    private static String type(JsonNode shape) {
        if (shape.has("$ref")) {
            String name = shape.get("$ref").asText().substring(REF.length());
            return name.equals("FileView") ? name : name.replaceFirst("View$", "");
        }
        if (shape.has("anyOf")) {
            return elements(shape.get("anyOf")).stream()
                    .map(ClientTypesTest::type)
                    .collect(Collectors.joining(" | "));
        }
        List<String> names =
                shape.path("type").isArray()
                        ? elements(shape.get("type")).stream().map(JsonNode::asText).toList()
                        : List.of(shape.path("type").asText());
        return names.stream().map(name -> type(name, shape)).collect(Collectors.joining(" | "));
    }

    private static String type(String name, JsonNode shape) {
        return switch (name) {
            case "integer" -> "number";
            case "object" -> "Record";
            case "array" -> type(shape.get("items")) + "[]";
            case "string" ->
                    shape.has("enum")
                            ? elements(shape.get("enum")).stream()
                                    .map(word -> "'" + word.asText() + "'")
                                    .collect(Collectors.joining(" | "))
                            : name;
            default -> name;
        };
    }

    private static List<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
