package madang.bench;

import java.io.PrintStream;
import java.util.Locale;

/// Prints what was measured, a line each: the figure, what is asked of it, whether it is met, the
/// command that measures it again.
final class Figures {
    private static final String LINE = "%-50s %10s  %-10s %s  %s%n";

    private final PrintStream out;
    private String command = "";
    private boolean areAllMet = true;

    Figures(PrintStream out) {
        this.out = out;
    }

    /// What a figure must reach. `NONE` where it only tells.
    record Target(String words, double bound, boolean isAtMost) {
        static final Target NONE = new Target("", Double.POSITIVE_INFINITY, true);

        static Target atMost(double bound, String unit) {
            return new Target("≤ " + number(bound) + " " + unit, bound, true);
        }

        static Target atLeast(double bound, String unit) {
            return new Target("≥ " + number(bound) + " " + unit, bound, false);
        }

        boolean isMetBy(double value) {
            return isAtMost ? value <= bound : value >= bound;
        }
    }

    void about(String what, String value) {
        out.printf("%-10s %s%n", what, value);
    }

    void heading() {
        out.println();
        out.printf(LINE, "what", "figure", "target", " ", "beside it · command");
    }

    /// The lines that follow come from this command.
    void from(String command) {
        this.command = command;
    }

    void line(String what, double value, String unit, Target target, String beside) {
        boolean isMet = target.isMetBy(value);
        areAllMet &= isMet;
        String mark = target.equals(Target.NONE) ? " " : isMet ? "✓" : "✗";
        String rest = beside.isEmpty() ? command : beside + " · " + command;
        out.printf(LINE, what, number(value) + " " + unit, target.words, mark, rest);
    }

    void failed(RuntimeException why) {
        areAllMet = false;
        out.println("✗ " + command + " came to no end: " + why);
    }

    boolean areAllMet() {
        return areAllMet;
    }

    /// Three digits that mean something, and thousands apart.
    static String number(double value) {
        double size = Math.abs(value);
        String format =
                size >= 100 || size == Math.rint(size) ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }
}
