package madang.chat;

import java.util.Arrays;
import java.util.List;
import madang.kit.Failure;

/// What somebody looks for: words, all of which a message must contain, each anywhere in it.
record SearchQuery(List<String> words) {
    static final int MAX_CODE_POINTS = 100;

    /// More than these make a lookup no sharper.
    private static final int MOST_GRAMS = 16;

    static SearchQuery of(String text) {
        if (text.isBlank() || text.codePointCount(0, text.length()) > MAX_CODE_POINTS) {
            throw Failure.invalid("q", "search", MAX_CODE_POINTS);
        }
        List<String> words =
                Arrays.stream(Grams.words(Grams.fold(text)))
                        .filter(word -> !word.isEmpty())
                        .distinct()
                        .toList();
        if (words.isEmpty()) {
            throw Failure.invalid("q", "search", MAX_CODE_POINTS);
        }
        return new SearchQuery(words);
    }

    /// What every message that is looked for has.
    long[] grams() {
        return words.stream().flatMapToLong(Grams::needed).distinct().limit(MOST_GRAMS).toArray();
    }

    boolean matches(String text) {
        String folded = Grams.fold(text);
        return words.stream().allMatch(folded::contains);
    }
}
