package madang.kit.settings;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// So many in so long, and how many at once: a token bucket's refill and its size. Written
/// `10/second burst 50`, `5/15minute`, `100/day`; without a burst those of a whole period may come
/// at once.
public record Rate(long tokens, Duration per, long burst) {
    private static final Pattern FORM =
            Pattern.compile(
                    "(\\d{1,9})\\h*/\\h*(\\d{0,6})\\h*([a-z]+)(?:\\h+burst\\h+(\\d{1,9}))?");

    public static Rate parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw expected();
        }
        long tokens = Long.parseLong(form.group(1));
        long units = form.group(2).isEmpty() ? 1 : Long.parseLong(form.group(2));
        long burst = form.group(4) == null ? tokens : Long.parseLong(form.group(4));
        if (tokens == 0 || units == 0 || burst == 0) {
            throw expected();
        }
        return new Rate(tokens, unit(form.group(3)).multipliedBy(units), burst);
    }

    private static Duration unit(String word) {
        return switch (word) {
            case "second", "seconds", "s" -> Duration.ofSeconds(1);
            case "minute", "minutes", "m" -> Duration.ofMinutes(1);
            case "hour", "hours", "h" -> Duration.ofHours(1);
            case "day", "days", "d" -> Duration.ofDays(1);
            default -> throw expected();
        };
    }

    private static IllegalArgumentException expected() {
        return new IllegalArgumentException("a rate such as 10/second burst 50 or 5/15minute");
    }
}
