package madang.kit;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One page of a list and where the next one starts. Pages are keyset pages: the cursor names the
/// last item seen, so nothing is skipped or doubled when the list changes meanwhile, and page
/// 100,000 costs what the first one costs.
public record Page<T>(List<T> items, @Nullable String nextCursor) {

    /// Makes a page of `limit` items out of a query that asked for one more than that.
    public static <T> Page<T> of(List<T> found, int limit, Function<? super T, String> cursor) {
        return found.size() <= limit
                ? new Page<>(found, null)
                : new Page<>(found.subList(0, limit), cursor.apply(found.get(limit - 1)));
    }

    public <U> Page<U> map(Function<? super T, ? extends U> view) {
        return new Page<>(items.stream().<U>map(view).toList(), nextCursor);
    }
}
