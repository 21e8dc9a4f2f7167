package madang.sandbox.google;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Everybody with a Google account. Some have the e-mail of somebody at Kakao, verified or not, so
/// that every conflict can be met.
final class GoogleUsers {
    /// Of whom a sentence tells what is special about them.
    static final Set<String> NOTED = Set.of("minji", "juno", "dasom", "nari");

    private static final int MOST = 500;

    private final Map<String, GoogleUser> all = new LinkedHashMap<>();

    GoogleUsers() {
        cast().forEach(user -> all.put(user.key(), user));
    }

    synchronized Collection<GoogleUser> all() {
        return List.copyOf(all.values());
    }

    synchronized @Nullable GoogleUser find(String key) {
        return all.get(key);
    }

    /// Takes the place of whoever had this key. False where the house is full.
    synchronized boolean put(GoogleUser user) {
        if (all.size() >= MOST && !all.containsKey(user.key())) {
            return false;
        }
        all.put(user.key(), user);
        return true;
    }

    private static List<GoogleUser> cast() {
        return List.of(
                new GoogleUser(
                        "minji", "110169484474386276301", "minji@example.com", true, "김민지", null),
                new GoogleUser(
                        "juno",
                        "110169484474386276302",
                        "juno@company.example",
                        true,
                        "Juno Park 🍵",
                        "company.example"),
                new GoogleUser(
                        "dasom", "110169484474386276303", "dasom@example.com", true, "박다솜", null),
                new GoogleUser(
                        "nari", "110169484474386276304", "nari@example.com", false, "나리", null));
    }
}
