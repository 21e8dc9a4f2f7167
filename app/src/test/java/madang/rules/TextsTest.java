package madang.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import madang.rules.Tree.Source;
import org.junit.jupiter.api.Test;

/// Every refusal has its sentence, in both languages, with the same places to fill.
class TextsTest {
    private static final Tree TREE = Tree.read();

    private static final Pattern CODE =
            Pattern.compile(
                    "Failure\\s*\\.(?:of\\(\\s*(?:Failure\\.)?Kind\\.\\w+,"
                            + "|(?:unauthenticated|notFound|conflict)\\()\\s*\"(\\w+)\"");
    private static final Pattern REASON =
            Pattern.compile("Failure\\s*\\.invalid\\(\\s*\"[^\"]*\",\\s*\"(\\w+)\"");
    private static final Pattern KEY = Pattern.compile("\"((?:error|invalid|ok)\\.\\w+)\"");
    private static final Pattern NOTICE = Pattern.compile("\"((?:member|owner|room|event)_\\w+)\"");
    private static final Pattern PLACE = Pattern.compile("\\{(\\d)[,}]");

    @Test
    void both_languages_say_the_same_things() {
        Map<String, Properties> korean = texts("_ko.properties");
        Map<String, Properties> english = texts("_en.properties");
        assertThat(korean.keySet()).isEqualTo(english.keySet()).isNotEmpty();
        korean.forEach((feature, said) ->
                assertThat(differences(said, english.get(feature))).as(feature).isEmpty());
    }

    @Test
    void a_sentence_that_one_language_lacks_is_named() {
        assertThat(
                        differences(
                                properties("error.A={0} 초\nerror.B=b"),
                                properties("error.A=soon\nok.c=c")))
                .containsExactly(
                        "error.A: [0] and []", "error.B: one language", "ok.c: one language");
    }

    @Test
    void every_refusal_has_its_sentence() {
        assertThat(wanted(mainSources())).isNotEmpty();
        Set<String> unsaid = new TreeSet<>(wanted(mainSources()));
        unsaid.removeAll(said());
        assertThat(unsaid).isEmpty();
    }

    /// What a room tells of itself is put into words by the page.
    @Test
    void every_notice_has_its_sentence_on_the_page() {
        Set<String> told =
                mainSources()
                        .map(Source::text)
                        .filter(text -> text.contains("chat.notice("))
                        .flatMap(text -> NOTICE.matcher(text).results())
                        .map(code -> "chat.notice." + code.group(1))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(told).contains("chat.notice.owner_changed", "chat.notice.event_moved");
        for (String language : List.of("ko", "en")) {
            String page =
                    TREE.sources(source ->
                                    source.path().endsWith("/chat/texts-" + language + ".js"))
                            .map(Source::text)
                            .collect(Collectors.joining());
            assertThat(told).as(language).allMatch(key -> page.contains("'" + key));
        }
    }

    @Test
    void every_sentence_is_said_by_somebody() {
        Set<String> words =
                mainSources()
                        .flatMap(source -> Pattern.compile("\\w+").matcher(source.text()).results())
                        .map(word -> word.group().toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet());
        assertThat(said()).filteredOn(key -> !words.contains(lastWord(key))).isEmpty();
    }

    @Test
    void a_refusal_without_a_sentence_is_named() {
        Source planted =
                new Source(
                        "Planted.java",
                        """
                        throw Failure.of(
                                Kind.GONE, "HAY_GONE");
                        throw Failure.notFound("HAY_NOT_FOUND");
                        throw Failure.invalid("size", "too_small", 3);
                        return ApiResponse.done("ok.hay_made");
                        """);
        assertThat(wanted(Stream.of(planted)))
                .containsExactly(
                        "error.HAY_GONE",
                        "error.HAY_NOT_FOUND",
                        "invalid.too_small",
                        "ok.hay_made");
        assertThat(said()).doesNotContain("error.HAY_GONE");
    }

    /// The keys that these sources ask for by name.
    private static Set<String> wanted(Stream<Source> sources) {
        Set<String> keys = new TreeSet<>();
        sources.map(Source::text)
                .forEach(text -> {
                    CODE.matcher(text).results().forEach(m -> keys.add("error." + m.group(1)));
                    REASON.matcher(text).results().forEach(m -> keys.add("invalid." + m.group(1)));
                    KEY.matcher(text).results().forEach(m -> keys.add(m.group(1)));
                });
        return keys;
    }

    private static Set<String> said() {
        return texts("_ko.properties").values().stream()
                .flatMap(texts -> texts.stringPropertyNames().stream())
                .collect(Collectors.toSet());
    }

    private static List<String> differences(Properties one, Properties other) {
        Set<String> keys = new TreeSet<>(one.stringPropertyNames());
        keys.addAll(other.stringPropertyNames());
        List<String> differences = new ArrayList<>();
        for (String key : keys) {
            if (!one.containsKey(key) || !other.containsKey(key)) {
                differences.add(key + ": one language");
            } else if (!places(one, key).equals(places(other, key))) {
                differences.add(key + ": " + places(one, key) + " and " + places(other, key));
            }
        }
        return differences;
    }

    private static Set<String> places(Properties texts, String key) {
        return PLACE.matcher(texts.getProperty(key))
                .results()
                .map(place -> place.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Source> mainSources() {
        return TREE.sources(source -> source.isJava() && source.isMain());
    }

    /// By the folder they stand in: the feature.
    private static Map<String, Properties> texts(String end) {
        return TREE.sources(source -> source.isMain() && source.path().endsWith("/texts" + end))
                .collect(
                        Collectors.toMap(
                                source -> source.path().replaceFirst("/texts.*", ""),
                                source -> properties(source.text()),
                                (one, _) -> one,
                                TreeMap::new));
    }

    private static Properties properties(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return properties;
    }

    private static String lastWord(String key) {
        return key.substring(key.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
