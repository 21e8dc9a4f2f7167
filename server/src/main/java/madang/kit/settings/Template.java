package madang.kit.settings;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A value put together from what names have: `{NAME}` must be set, `{NAME=5432}` has a default,
/// `{NAME,OTHER}` is one thing with two names, and `[?sslmode={NAME}]` falls away where its name is
/// not set.
record Template(String text) {
    private static final Pattern PIECE =
            Pattern.compile("\\[(?<section>[^\\[\\]]*)]|\\{(?<place>[^{}]*)}");

    /// What an operator has set under a name.
    interface Lookup extends Function<String, @Nullable String> {}

    /// Names that must be set and are not.
    List<String> missing(Lookup lookup) {
        return PIECE.matcher(text)
                .results()
                .filter(piece -> piece.group("place") != null)
                .map(piece -> Place.of(piece.group("place")))
                .filter(place -> place.value(lookup) == null)
                .map(place -> place.names().getFirst())
                .toList();
    }

    /// Names of one thing that do not agree on it.
    List<String> clashing(Lookup lookup) {
        return PIECE.matcher(text)
                .results()
                .flatMap(piece ->
                        piece.group("section") != null
                                ? new Template(piece.group("section")).clashing(lookup).stream()
                                : Place.of(piece.group("place")).clashing(lookup))
                .toList();
    }

    /// The value, where nothing is missing. `encode` makes each part safe for where it lands.
    String fill(Lookup lookup, UnaryOperator<String> encode) {
        return PIECE.matcher(text)
                .replaceAll(piece -> Matcher.quoteReplacement(filled(piece, lookup, encode)));
    }

    private static String filled(MatchResult piece, Lookup lookup, UnaryOperator<String> encode) {
        if (piece.group("section") != null) {
            Template section = new Template(piece.group("section"));
            return section.missing(lookup).isEmpty() ? section.fill(lookup, encode) : "";
        }
        Place place = Place.of(piece.group("place"));
        return encode.apply(Objects.requireNonNull(place.value(lookup)));
    }

    private record Place(List<String> names, @Nullable String fallback) {

        static Place of(String text) {
            String[] halves = text.split("=", 2);
            return new Place(List.of(halves[0].split(",")), halves.length == 2 ? halves[1] : null);
        }

        @Nullable String value(Lookup lookup) {
            return set(lookup).map(lookup).findFirst().orElse(fallback);
        }

        Stream<String> clashing(Lookup lookup) {
            return set(lookup).map(lookup).distinct().count() > 1 ? set(lookup) : Stream.of();
        }

        private Stream<String> set(Lookup lookup) {
            return names.stream().filter(name -> lookup.apply(name) != null);
        }
    }
}
