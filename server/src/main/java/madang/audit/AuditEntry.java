package madang.audit;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import madang.kit.Caller;
import madang.kit.Id;
import org.jspecify.annotations.Nullable;

/// Something that was done and must be provable later. `action` is a constant in the past tense
/// (`USER_SUSPENDED`), `targetType` one word for what it was done to (`user`). Details are few and
/// small: ids, numbers, times, constants; never a secret, a name, or what somebody wrote, because
/// this outlives the erasure of all of them.
public record AuditEntry(
        Caller by,
        String action,
        String targetType,
        @Nullable Id<?> target,
        @Nullable String address,
        Map<String, Object> details) {

    public static AuditEntry of(
            Caller by, String action, String targetType, @Nullable Id<?> target) {
        return new AuditEntry(by, action, targetType, target, null, Map.of());
    }

    /// The same with the address that the request came from.
    public AuditEntry from(String itsAddress) {
        return new AuditEntry(by, action, targetType, target, itsAddress, details);
    }

    /// The same with one more detail; a null tells nothing and is left out.
    public AuditEntry with(String name, @Nullable Object value) {
        if (value == null) {
            return this;
        }
        Map<String, Object> more = new TreeMap<>(details);
        more.put(name, value);
        return new AuditEntry(
                by, action, targetType, target, address, Collections.unmodifiableMap(more));
    }
}
