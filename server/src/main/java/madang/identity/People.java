package madang.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Db;

/// Users as others see them, for everybody who must show a name. Remembered for a minute: that is
/// how old a name can be where the hint of its change was lost.
final class People {
    private static final int MAX_REMEMBERED = 20_000;
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private final Db db;
    private final AccountStore accounts;
    private final Cache<Id<User>, UserView> views =
            Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).expireAfterWrite(REMEMBERED).build();

    People(Db db, AccountStore accounts) {
        this.db = db;
        this.accounts = accounts;
    }

    /// Those of them who exist, by id.
    Map<Id<User>, UserView> of(Collection<Id<User>> ids) {
        Set<Id<User>> wanted = new HashSet<>(ids);
        Map<Id<User>, UserView> found = new HashMap<>(views.getAllPresent(wanted));
        wanted.removeAll(found.keySet());
        if (!wanted.isEmpty()) {
            for (UserView view : db.read(tx -> accounts.views(tx, wanted))) {
                views.put(view.id(), view);
                found.put(view.id(), view);
            }
        }
        return found;
    }

    void forget(Id<User> id) {
        views.invalidate(id);
    }

    void forgetAll() {
        views.invalidateAll();
    }
}
