package madang.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import madang.chat.ChatViews.AuthorView;
import madang.chat.ChatViews.MessageView;
import madang.chat.ChatViews.QuoteView;
import madang.kit.Id;
import madang.kit.json.Json;
import madang.kit.json.JsonNames;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What `MessageJson` writes is what the record says.
final class MessageJsonTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final Json json = new Json();

    private static <T> Id<T> id(int number) {
        return new Id<>(new UUID(0, number));
    }

    private static MessageView full() {
        AuthorView author =
                new AuthorView(id(3), "마당지기 \"🏡\"", "https://example.com/p.png", false);
        return new MessageView(
                id(1),
                id(2),
                7,
                9,
                Message.Kind.IMAGE,
                author,
                "차 한잔\n",
                new QuoteView(id(4), 5, author, null),
                "{\"code\":\"x\"}",
                "key",
                NOON,
                NOON.plusSeconds(1),
                NOON.plusSeconds(2),
                NOON.plusSeconds(3),
                id(6),
                8,
                "[\"m\"]",
                "[{\"emoji\":\"👍\"}]",
                "{\"name\":\"a.png\"}",
                "{\"url\":\"u\"}",
                "{\"u\":\"k\"}");
    }

    private static MessageView bare() {
        return new MessageView(
                id(1),
                id(2),
                7,
                7,
                Message.Kind.NOTICE,
                null,
                null,
                null,
                null,
                null,
                NOON,
                null,
                null,
                null,
                null,
                0,
                "[]",
                "[]",
                null,
                null,
                null);
    }

    @Test
    void every_component_is_written_in_its_place() {
        List<String> components =
                Arrays.stream(MessageView.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .map(JsonNames::snakeCase)
                        .toList();
        assertThat(json.tree(json.write(full())).propertyNames())
                .containsExactlyElementsOf(components);
        assertThat(json.tree(json.write(bare())).propertyNames())
                .containsExactlyElementsOf(components);
    }

    @Test
    void no_two_members_are_mixed_up() {
        JsonNode written = json.tree(json.write(full()));
        assertThat(written.get("id").asString()).isEqualTo(id(1).toString());
        assertThat(written.get("room").asString()).isEqualTo(id(2).toString());
        assertThat(written.get("seq").asInt()).isEqualTo(7);
        assertThat(written.get("changed_seq").asInt()).isEqualTo(9);
        assertThat(written.get("kind").asString()).isEqualTo("image");
        assertThat(written.get("author").get("nickname").asString()).isEqualTo("마당지기 \"🏡\"");
        assertThat(written.get("text").asString()).isEqualTo("차 한잔\n");
        assertThat(written.get("reply_to").get("seq").asInt()).isEqualTo(5);
        assertThat(written.get("notice").get("code").asString()).isEqualTo("x");
        assertThat(written.get("client_key").asString()).isEqualTo("key");
        assertThat(List.of("created_at", "edited_at", "deleted_at", "pinned_at"))
                .extracting(name -> written.get(name).asString())
                .containsExactly(
                        "2026-11-21T12:00:00.000000Z",
                        "2026-11-21T12:00:01.000000Z",
                        "2026-11-21T12:00:02.000000Z",
                        "2026-11-21T12:00:03.000000Z");
        assertThat(written.get("thread").asString()).isEqualTo(id(6).toString());
        assertThat(written.get("replies").asInt()).isEqualTo(8);
        assertThat(written.get("mentions").toString()).isEqualTo("[\"m\"]");
        assertThat(written.get("reactions").get(0).get("emoji").asString()).isEqualTo("👍");
        assertThat(written.get("file").get("name").asString()).isEqualTo("a.png");
        assertThat(written.get("preview").get("url").asString()).isEqualTo("u");
        assertThat(written.get("encrypted_keys").get("u").asString()).isEqualTo("k");
    }

    @Test
    void what_is_not_there_is_null() {
        assertThat(new String(json.write(bare()), StandardCharsets.UTF_8))
                .contains(
                        "\"author\":null",
                        "\"reply_to\":null",
                        "\"edited_at\":null",
                        "\"file\":null");
    }
}
