package madang.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Nobody reads a key instead of a sentence, in whichever language.
class TextFilesTest {
    private static final Pattern KEY = Pattern.compile("(?m)^ {2}'([A-Za-z._-]+)':");
    private static final Pattern HOLE = Pattern.compile("\\{([a-z_]+)[|}]");

    /// Words in quotes that look like a key, but for the socket's methods, which look the same.
    private static final Pattern SAID =
            Pattern.compile(
                    "(?<!socket\\.call\\()(?<!socket\\.tell\\()(?<!socket\\.on\\()'((?:kit|identity|account|people|chat|events|slots)\\.[A-Za-z._-]+)'");

    private static final Pattern SAID_IN_PART =
            Pattern.compile(
                    "`((?:kit|identity|account|people|chat|events|slots)\\.[a-z.-]*)\\$\\{");

    @Test
    void both_languages_know_the_same_sentences() {
        assertThat(keys("-ko.js")).isEqualTo(keys("-en.js")).isNotEmpty();
    }

    @Test
    void both_languages_name_the_same_values() {
        WebFiles.where(name -> name.endsWith("-ko.js"))
                .forEach((name, korean) -> {
                    String english = WebFiles.ALL.get(name.replace("-ko.js", "-en.js"));
                    for (String key : WebFiles.all(KEY, korean)) {
                        assertThat(holes(english, key)).as(key).containsAll(holes(korean, key));
                    }
                });
    }

    @Test
    void every_sentence_that_is_said_exists() {
        Set<String> known = keys("-ko.js");
        assertThat(known).containsAll(said(SAID));
        for (String start : said(SAID_IN_PART)) {
            assertThat(known).as(start).anyMatch(key -> key.startsWith(start));
        }
    }

    @Test
    void every_sentence_that_exists_is_said() {
        Set<String> unsaid = keys("-ko.js");
        unsaid.removeAll(said(SAID));
        Set<String> starts = said(SAID_IN_PART);
        unsaid.removeIf(key -> starts.stream().anyMatch(key::startsWith));
        assertThat(unsaid).isEmpty();
    }

    private static Set<String> keys(String ending) {
        return WebFiles.where(name -> name.endsWith(ending)).values().stream()
                .flatMap(text -> WebFiles.all(KEY, text).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> holes(String texts, String key) {
        int at = texts.indexOf("'" + key + "':");
        String line = texts.substring(at, texts.indexOf('\n', at));
        return new TreeSet<>(WebFiles.all(HOLE, line));
    }

    private static Set<String> said(Pattern pattern) {
        Map<String, String> speakers =
                WebFiles.where(name ->
                        name.endsWith(".js")
                                && !name.contains("texts-")
                                && !name.startsWith("client/"));
        return speakers.values().stream()
                .flatMap(text -> WebFiles.all(pattern, text).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
