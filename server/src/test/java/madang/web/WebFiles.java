package madang.web;

import static java.util.stream.Collectors.toMap;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The files of the pages as text, for tests that read them as a careful person would.
final class WebFiles {
    static final SortedMap<String, String> ALL = read();

    private WebFiles() {}

    static Map<String, String> where(Predicate<String> name) {
        return ALL.entrySet().stream()
                .filter(file -> name.test(file.getKey()))
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /// What the first group finds in each of these files, as `file: found`.
    static List<String> findings(Map<String, String> files, Pattern pattern) {
        List<String> found = new ArrayList<>();
        files.forEach(
                (name, text) -> all(pattern, text).forEach(hit -> found.add(name + ": " + hit)));
        return found;
    }

    static List<String> all(Pattern pattern, String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static SortedMap<String, String> read() {
        SortedMap<String, String> texts = new TreeMap<>();
        new ClassPathFolder(WebFiles.class.getClassLoader(), "madang/web", "index.html")
                .files()
                .forEach((name, bytes) ->
                        texts.put(name, new String(bytes, StandardCharsets.UTF_8)));
        return texts;
    }
}
