package madang.kit.json;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Language;
import madang.kit.Secret;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/// Reads and writes JSON. Reading goes in two steps, because they fail differently: bytes that are
/// no JSON are malformed, JSON that is not what was asked for is invalid, field by field.
public final class Json {
    /// Deeper bodies are refused as malformed: nothing of ours nests further than ten.
    public static final int MAX_NESTING = 100;

    private final JsonMapper mapper =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_NESTING)
                                                    .build())
                                    .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .addModule(ourTypes())
                    .build();
    private final Binder binder = new Binder();

    /// The tree of these bytes, which must be UTF-8 and one JSON value without doubled keys.
    public JsonNode tree(byte[] bytes) {
        try {
            JsonNode tree =
                    mapper.readTree(
                            StandardCharsets.UTF_8
                                    .newDecoder()
                                    .decode(ByteBuffer.wrap(bytes))
                                    .toString());
            if (!tree.isMissingNode()) {
                return tree;
            }
        } catch (CharacterCodingException | JacksonException broken) {
            // told below, together with no bytes at all
        }
        throw Failure.of(Failure.Kind.MALFORMED, "MALFORMED_JSON");
    }

    /// A record out of a tree, valid as its annotations say; every wrong field is told at once.
    public <T extends Record> T read(JsonNode tree, Class<T> type) {
        return binder.bind(tree, type);
    }

    public <T extends Record> T read(byte[] bytes, Class<T> type) {
        return read(tree(bytes), type);
    }

    /// Reads what we wrote ourselves (facts, stored answers), where a fault is a bug.
    public <T> T readOwn(byte[] bytes, Class<T> type) {
        return mapper.readValue(bytes, type);
    }

    public byte[] write(@Nullable Object value) {
        return mapper.writeValueAsBytes(value);
    }

    public void write(OutputStream out, @Nullable Object value) {
        mapper.writeValue(out, value);
    }

    private static SimpleModule ourTypes() {
        return new SimpleModule()
                .addSerializer(Id.class, new AsText<>())
                .addSerializer(Secret.class, new AsText<>())
                .addSerializer(Instant.class, new AsTimestamp())
                .addSerializer(Language.class, new AsTag())
                .addDeserializer(Id.class, new OwnId());
    }

    private static final class AsText<T> extends ValueSerializer<T> {
        @Override
        public void serialize(T value, JsonGenerator out, SerializationContext context) {
            out.writeString(value.toString());
        }
    }

    private static final class AsTag extends ValueSerializer<Language> {
        @Override
        public void serialize(Language value, JsonGenerator out, SerializationContext context) {
            out.writeString(value.tag());
        }
    }

    private static final class AsTimestamp extends ValueSerializer<Instant> {
        @Override
        public void serialize(Instant value, JsonGenerator out, SerializationContext context) {
            out.writeString(Timestamps.format(value));
        }
    }

    @SuppressWarnings("rawtypes") // an id's type parameter is gone at run time
    private static final class OwnId extends ValueDeserializer<Id> {
        @Override
        public @Nullable Id deserialize(JsonParser in, DeserializationContext context) {
            return Id.parse(in.getString());
        }
    }
}
