package madang.dialect.woongkie;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Supplier;
import madang.kit.Failure;
import org.jspecify.annotations.Nullable;

/// What this dialect says, word for word as its clients know it: a code and its status and sentence
/// (`words.properties`). Codes are those of features; where the original is more particular, codes
/// of our own in lower case. What has no row is said by its kind.
final class Words {
    private static final String FILE = "words.properties";

    /// A refusal as it goes out.
    record Said(int status, String sentence) {}

    private final Map<String, Said> said;

    private Words(Map<String, Said> said) {
        this.said = said;
    }

    static Words load() {
        Properties file = new Properties();
        try (InputStream bytes =
                Objects.requireNonNull(Words.class.getResourceAsStream(FILE), FILE)) {
            file.load(new InputStreamReader(bytes, StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(FILE, unreadable);
        }
        Map<String, Said> said = new HashMap<>();
        file.stringPropertyNames().forEach(code -> said.put(code, said(file.getProperty(code))));
        return new Words(Map.copyOf(said));
    }

    Said of(Failure failure) {
        @Nullable Said ofCode = said.get(failure.code());
        return ofCode != null
                ? ofCode
                : new Said(failure.status(), say("kind." + failure.kind().name()));
    }

    String say(String code) {
        return Objects.requireNonNull(said.get(code), code).sentence();
    }

    /// A refusal of this dialect's own.
    static Failure no(String code) {
        return Failure.of(Failure.Kind.INVALID, code);
    }

    /// What somebody may not do, in the words for just this.
    static <T> T orForbidden(String code, Supplier<T> attempt) {
        try {
            return attempt.get();
        } catch (Failure refused) {
            throw refused.code().equals("PERMISSION_DENIED") ? no(code) : refused;
        }
    }

    private static Said said(String row) {
        String[] parts = row.split(" ", 2);
        return new Said(Integer.parseInt(parts[0]), parts[1]);
    }
}
