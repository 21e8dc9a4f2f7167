package madang.sandbox.kakao;

import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Everybody with a Kakao account: a cast in which each plays one surprise, and whoever was added.
final class KakaoUsers {
    private static final int MOST = 500;

    /// Past what a double holds exactly: who reads ids as numbers of JavaScript meets another user.
    private static final long ID_OF_JUNO = 9_100_000_000_000_003L;

    /// Of whom a sentence tells what is special about them.
    static final Set<String> NOTED =
            Set.of("minji", "juno", "haneul", "sora", "dasom", "garam", "byeol");

    private final Map<String, KakaoUser> all = new LinkedHashMap<>();

    KakaoUsers() {
        cast().forEach(user -> all.put(user.key(), user));
    }

    synchronized Collection<KakaoUser> all() {
        return List.copyOf(all.values());
    }

    synchronized @Nullable KakaoUser find(String key) {
        return all.get(key);
    }

    synchronized @Nullable KakaoUser find(long id) {
        return all.values().stream().filter(user -> user.id() == id).findAny().orElse(null);
    }

    /// Takes the place of whoever had this key. False where the house is full.
    synchronized boolean put(KakaoUser user) {
        if (all.size() >= MOST && !all.containsKey(user.key())) {
            return false;
        }
        all.put(user.key(), user);
        return true;
    }

    private static List<KakaoUser> cast() {
        return List.of(
                adult("minji", 3_000_000_001L, "민지", "minji@example.com"),
                adult("juno", ID_OF_JUNO, "준호 🍵", "juno@example.com"),
                new KakaoUser(
                        "haneul",
                        3_000_000_004L,
                        "하늘",
                        "haneul@example.com",
                        true,
                        true,
                        "김하늘",
                        LocalDate.of(2015, 5, 5),
                        "male",
                        "+82 10-0000-0004",
                        Set.of()),
                new KakaoUser(
                        "sora",
                        3_000_000_005L,
                        "소라",
                        null,
                        false,
                        false,
                        "이소라",
                        LocalDate.of(1994, 2, 28),
                        "female",
                        "+82 10-0000-0005",
                        Set.of()),
                new KakaoUser(
                        "dasom",
                        3_000_000_006L,
                        "다솜",
                        "dasom@example.com",
                        true,
                        false,
                        "박다솜",
                        LocalDate.of(1999, 9, 9),
                        "female",
                        "+82 10-0000-0006",
                        Set.of()),
                new KakaoUser(
                        "garam",
                        3_000_000_007L,
                        "가람",
                        "garam@example.com",
                        false,
                        true,
                        "최가람",
                        LocalDate.of(1988, 1, 31),
                        "male",
                        "+82 10-0000-0007",
                        Set.of()),
                new KakaoUser(
                        "byeol",
                        3_000_000_008L,
                        "별",
                        "byeol@example.com",
                        true,
                        true,
                        "한별",
                        LocalDate.of(2001, 12, 24),
                        "female",
                        "+82 10-0000-0008",
                        Set.copyOf(KakaoScopes.OPTIONAL)));
    }

    private static KakaoUser adult(String key, long id, String nickname, String email) {
        return new KakaoUser(
                key,
                id,
                nickname,
                email,
                true,
                true,
                nickname.split(" ", 2)[0],
                LocalDate.of(1997, 3, 14),
                "female",
                "+82 10-0000-" + "%04d".formatted(id % 10_000),
                Set.of());
    }
}
