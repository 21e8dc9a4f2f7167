package madang.identity;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a user agent says in the few words by which its owner knows it again: `Chrome · Windows`.
/// Names of products, so the same in every language.
final class DeviceName {
    private static final int MAX_LENGTH = 60;

    private record Sign(String sign, String name) {}

    /// The first that fits: the ones that pretend to be others come before those.
    private static final List<Sign> PROGRAMS =
            List.of(
                    new Sign("KAKAOTALK", "KakaoTalk"),
                    new Sign("NAVER(inapp", "NAVER"),
                    new Sign("Whale/", "Whale"),
                    new Sign("SamsungBrowser/", "Samsung Internet"),
                    new Sign("Edg", "Edge"),
                    new Sign("OPR/", "Opera"),
                    new Sign("FxiOS/", "Firefox"),
                    new Sign("Firefox/", "Firefox"),
                    new Sign("CriOS/", "Chrome"),
                    new Sign("Chrome/", "Chrome"),
                    new Sign("Safari/", "Safari"));

    private static final List<Sign> SYSTEMS =
            List.of(
                    new Sign("iPhone", "iPhone"),
                    new Sign("iPad", "iPad"),
                    new Sign("Android", "Android"),
                    new Sign("Windows", "Windows"),
                    new Sign("Macintosh", "macOS"),
                    new Sign("CrOS", "ChromeOS"),
                    new Sign("Linux", "Linux"));

    private static final Pattern PRODUCT = Pattern.compile("^[\\p{L}\\p{N}._ -]{1,40}");

    private DeviceName() {}

    /// Empty where the client says nothing that could be shown.
    static String of(String userAgent) {
        String program = found(PROGRAMS, userAgent);
        String system = found(SYSTEMS, userAgent);
        String name = system.isEmpty() || program.isEmpty() ? product(userAgent, program) : program;
        String both = system.isEmpty() ? name : name + " · " + system;
        return both.substring(0, Math.min(both.length(), MAX_LENGTH));
    }

    private static String found(List<Sign> signs, String userAgent) {
        return signs.stream()
                .filter(it -> userAgent.contains(it.sign()))
                .map(Sign::name)
                .findFirst()
                .orElse("");
    }

    /// An app names itself first, as in `Timingle/2.1 (Android 16)`.
    private static String product(String userAgent, String program) {
        Matcher first = PRODUCT.matcher(userAgent);
        return program.isEmpty() && first.find() ? first.group().strip() : program;
    }
}
