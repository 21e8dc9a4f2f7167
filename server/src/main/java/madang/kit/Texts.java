package madang.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Every sentence that a user may read from the server, in every language. A feature keeps its own
/// beside its code: `madang/<feature>/texts_ko.properties` and `texts_en.properties`, UTF-8, in the
/// syntax of `MessageFormat`.
public final class Texts {
    private final Map<Language, Map<String, String>> sentences = new EnumMap<>(Language.class);

    /// Reads the text files of these features; kit's own come first.
    public Texts(String... features) {
        for (Language language : Language.values()) {
            Map<String, String> all = new HashMap<>(read("kit", language));
            for (String feature : features) {
                all.putAll(read(feature, language));
            }
            sentences.put(language, Map.copyOf(all));
        }
    }

    public String say(Language language, Text text) {
        return say(language, text.key(), text.args().toArray());
    }

    /// The sentence of this key. A missing one shows its key, and a test finds it first.
    public String say(Language language, String key, Object... args) {
        @Nullable String pattern = words(language).get(key);
        if (pattern == null) {
            return key;
        }
        return args.length == 0 && pattern.indexOf('\'') < 0
                ? pattern
                : new MessageFormat(pattern, Locale.forLanguageTag(language.tag())).format(args);
    }

    public boolean has(Language language, String key) {
        return words(language).containsKey(key);
    }

    public Set<String> keys(Language language) {
        return words(language).keySet();
    }

    private Map<String, String> words(Language language) {
        return sentences.getOrDefault(language, Map.of());
    }

    private static Map<String, String> read(String feature, Language language) {
        String file = "/madang/" + feature + "/texts_" + language.tag() + ".properties";
        try (InputStream bytes = Texts.class.getResourceAsStream(file)) {
            if (bytes == null) {
                throw new IllegalStateException("no text file " + file);
            }
            Properties properties = new Properties();
            try (Reader reader = new InputStreamReader(bytes, StandardCharsets.UTF_8)) {
                properties.load(reader);
            }
            Map<String, String> found = new HashMap<>();
            properties.stringPropertyNames().forEach(k -> found.put(k, properties.getProperty(k)));
            return found;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file, unreadable);
        }
    }
}
