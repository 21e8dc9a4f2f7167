package madang.chat;

import java.util.Collection;
import java.util.Set;
import madang.moderation.Moderation.Pair;

/// Who does not want to hear of whom: a question to whoever keeps it, asked for many at once.
@FunctionalInterface
public interface Blocks {
    /// Where nobody can block anybody.
    Blocks NONE = _ -> Set.of();

    /// Those of these pairs of which either has blocked the other.
    Set<Pair> between(Collection<Pair> pairs);
}
