package madang.sandbox.kakao;

import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Somebody with a Kakao account.
///
/// @param key his name in the addresses of the sandbox
/// @param born what Kakao derives his age range, birth year and birthday from
/// @param refuses scopes whose boxes he leaves unticked
record KakaoUser(
        String key,
        long id,
        String nickname,
        @Nullable String email,
        boolean isEmailValid,
        boolean isEmailVerified,
        String name,
        LocalDate born,
        String gender,
        String phone,
        Set<String> refuses) {
    private static final int ADULT_ENOUGH = 14;

    boolean isUnder14(LocalDate today) {
        return age(today) < ADULT_ENOUGH;
    }

    /// `20-29`; the young and the very old have ranges of their own.
    String ageRange(LocalDate today) {
        int age = age(today);
        if (age < 10) {
            return "1-9";
        }
        if (age < 15) {
            return "10-14";
        }
        if (age < 20) {
            return "15-19";
        }
        if (age >= 90) {
            return "90-";
        }
        int tens = age / 10 * 10;
        return tens + "-" + (tens + 9);
    }

    private int age(LocalDate today) {
        return born.until(today).getYears();
    }
}
