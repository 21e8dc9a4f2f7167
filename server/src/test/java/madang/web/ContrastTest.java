package madang.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Everybody can read every word, by day and by night (WCAG 2.2, 1.4.3).
class ContrastTest {
    private static final double READABLE = 4.5;
    private static final Pattern COLOUR = Pattern.compile("--([a-z0-9-]+): #([0-9a-f]{6});");
    private static final String TOKENS = WebFiles.ALL.get("kit/tokens.css");
    private static final int NIGHT = TOKENS.indexOf("prefers-color-scheme: dark");
    private static final Map<String, String> LIGHT = colours(TOKENS.substring(0, NIGHT));
    private static final Map<String, String> DARK = colours(TOKENS.substring(NIGHT));

    @ParameterizedTest
    @CsvSource({
        "ink, paper",
        "ink, surface",
        "ink, sunken",
        "ink, accent-soft",
        "ink, tint-1",
        "ink, tint-2",
        "ink, tint-3",
        "ink, tint-4",
        "ink, tint-5",
        "ink, tint-6",
        "ink, tint-7",
        "ink, tint-8",
        "ink, tint-9",
        "ink, tint-10",
        "ink, tint-11",
        "ink, tint-12",
        "muted, paper",
        "muted, surface",
        "muted, sunken",
        "muted, accent-soft",
        "accent, paper",
        "accent, surface",
        "accent, sunken",
        "accent, accent-soft",
        "warm, surface",
        "warm, warm-soft",
        "ink, warm-soft",
        "muted, warm-soft",
        "danger, paper",
        "danger, surface",
        "danger, sunken",
        "ok, surface",
        "on-accent, accent",
        "on-accent, accent-near",
        "on-danger, danger-near",
        "on-warm, warm",
        "on-danger, danger"
    })
    void words_stand_out_from_what_they_are_written_on(String text, String ground) {
        assertThat(contrast(LIGHT.get(text), LIGHT.get(ground)))
                .as("light")
                .isGreaterThanOrEqualTo(READABLE);
        assertThat(contrast(DARK.get(text), DARK.get(ground)))
                .as("dark")
                .isGreaterThanOrEqualTo(READABLE);
    }

    private static Map<String, String> colours(String css) {
        Map<String, String> found = new HashMap<>();
        Matcher matcher = COLOUR.matcher(css);
        while (matcher.find()) {
            found.put(matcher.group(1), matcher.group(2));
        }
        return found;
    }

    private static double contrast(String one, String other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(String rgb) {
        return 0.2126 * linear(rgb, 0) + 0.7152 * linear(rgb, 2) + 0.0722 * linear(rgb, 4);
    }

    private static double linear(String rgb, int at) {
        double share = Integer.parseInt(rgb, at, at + 2, 16) / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}
