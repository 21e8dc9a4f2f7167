package madang.bench;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A histogram out of the server's `/metrics`, summed over its labels: how many took no longer than
/// each of its bounds, in seconds.
record Histogram(NavigableMap<Double, Double> upTo) {
    static Histogram read(String metrics, String name) {
        Pattern bucket =
                Pattern.compile(
                        "^" + name + "_bucket\\{[^}]*le=\"([^\"]+)\"[^}]*} (\\S+)",
                        Pattern.MULTILINE);
        var upTo = new TreeMap<Double, Double>();
        for (Matcher found = bucket.matcher(metrics); found.find(); ) {
            upTo.merge(seconds(found.group(1)), Double.valueOf(found.group(2)), Double::sum);
        }
        return new Histogram(upTo);
    }

    Histogram since(Histogram before) {
        var since = new TreeMap<>(upTo);
        before.upTo.forEach((bound, count) -> since.merge(bound, -count, Double::sum));
        return new Histogram(since);
    }

    double count() {
        return upTo.isEmpty() ? 0 : upTo.lastEntry().getValue();
    }

    /// The least bound below which that share of all lies, in milliseconds.
    double millis(double share) {
        return upTo.entrySet().stream()
                        .filter(entry -> entry.getValue() >= share * count())
                        .mapToDouble(Map.Entry::getKey)
                        .findFirst()
                        .orElseThrow()
                * 1e3;
    }

    private static double seconds(String bound) {
        return bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound);
    }
}
