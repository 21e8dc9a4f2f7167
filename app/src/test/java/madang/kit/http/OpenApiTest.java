package madang.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import madang.testing.House;
import org.junit.jupiter.api.Test;

/// The document as generators of clients read it.
class OpenApiTest {
    private static final Pattern OPERATION = Pattern.compile("operationId: (\\w+)");

    @Test
    void every_operation_has_a_name_of_its_own_and_answers_have_types() {
        try (House house = House.open()) {
            String document = house.wiring().document().yaml();
            List<String> names = found(OPERATION, document);
            assertThat(names)
                    .doesNotHaveDuplicates()
                    .contains("get_chat_room_members", "patch_users_me_passkey", "post_auth_login");
            assertThat(document)
                    .contains(
                            "#/components/schemas/MeAnswer",
                            "RoomViewPage:",
                            "RoomViewPageAnswer:");
        }
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).toList();
    }
}
