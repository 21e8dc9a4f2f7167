package madang.social;

import java.net.URI;
import java.text.Normalizer;
import madang.kit.json.Storable;
import org.jspecify.annotations.Nullable;

/// Somebody as a vendor knows him. Issuer and subject name him for ever; everything else is what he
/// lets us see, may change, and is cleaned here of what could not be kept or shown.
public record Person(
        String issuer,
        String subject,
        @Nullable String nickname,
        @Nullable String email,
        boolean isEmailVerified,
        @Nullable String pictureUrl,
        Birth birth) {
    private static final int MAX_SUBJECT = 255;
    private static final int MAX_NICKNAME = 50;
    private static final int MAX_EMAIL = 254;
    private static final int MAX_URL = 500;

    public Person {
        if (!isName(subject)) {
            throw new IllegalArgumentException("a vendor named nobody");
        }
        nickname = shown(nickname);
        email = storable(email, MAX_EMAIL);
        isEmailVerified = isEmailVerified && email != null;
        pictureUrl = picture(storable(pictureUrl, MAX_URL));
    }

    /// Whether a vendor may call somebody so: visible ASCII, as every vendor's numbers and letters
    /// are.
    public static boolean isName(@Nullable String subject) {
        return subject != null
                && !subject.isEmpty()
                && subject.length() <= MAX_SUBJECT
                && subject.chars().allMatch(c -> c > ' ' && c < 127);
    }

    /// One line that can be read, cut where nicknames end.
    private static @Nullable String shown(@Nullable String text) {
        if (text == null || !Storable.is(text)) {
            return null;
        }
        String line =
                Normalizer.normalize(text, Normalizer.Form.NFC)
                        .replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ")
                        .strip();
        int length = Math.min(MAX_NICKNAME, line.codePointCount(0, line.length()));
        String cut = line.substring(0, line.offsetByCodePoints(0, length)).strip();
        return cut.isEmpty() ? null : cut;
    }

    private static @Nullable String storable(@Nullable String text, int max) {
        return text == null || text.isBlank() || text.length() > max || !Storable.is(text)
                ? null
                : text;
    }

    /// Only over TLS: the page of a reader must not be made to speak plainly to anybody.
    private static @Nullable String picture(@Nullable String url) {
        try {
            return url != null
                            && URI.create(url).getHost() != null
                            && "https".equals(URI.create(url).getScheme())
                    ? url
                    : null;
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }
}
