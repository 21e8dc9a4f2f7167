package madang.kit.settings;

import java.util.Collection;
import java.util.Comparator;

/// Which known name somebody meant who mistyped one.
final class Nearest {
    private static final String PREFIX = "MADANG_";

    private Nearest() {}

    /// Without the prefix first: `MADANG_PORT` means `PORT`, not `MADANG_HOST`.
    static String to(String name, Collection<String> known) {
        return known.stream()
                .min(
                        Comparator.comparingInt((String one) -> distance(bare(one), bare(name)))
                                .thenComparingInt(one -> distance(one, name))
                                .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    private static String bare(String name) {
        return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    }

    /// Letters to add, drop or change (Levenshtein, two rows at a time).
    static int distance(String from, String to) {
        int[] above = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            above[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            int[] line = new int[to.length() + 1];
            line[0] = row;
            for (int column = 1; column <= to.length(); column++) {
                int change = from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1;
                int addOrDrop = 1 + Math.min(above[column], line[column - 1]);
                line[column] = Math.min(addOrDrop, above[column - 1] + change);
            }
            above = line;
        }
        return above[to.length()];
    }
}
