package madang.audit;

import madang.kit.Id;
import org.jspecify.annotations.Nullable;

/// What a walk along the whole chain found. `head` (`number:hash`) is worth writing down somewhere
/// else: with it a later walk finds out whether the end of the chain was cut off.
public record AuditCheck(
        boolean isSound, long entries, long waiting, @Nullable String head, @Nullable Fault fault) {

    /// The first thing that does not fit. A seal has a number, an entry that never got one has
    /// none.
    public record Fault(@Nullable Long number, @Nullable Id<?> entry, Kind kind) {
        static Fault at(Seal seal, Kind kind) {
            return new Fault(seal.number(), seal.entry(), kind);
        }
    }

    public enum Kind {
        /// The seal before it is gone, or was another one.
        CHAIN_BROKEN,
        /// Its entry is not what was sealed.
        ENTRY_CHANGED,
        /// An entry stands there that nobody sealed in time.
        NEVER_SEALED,
        /// The head that was named is not in the chain, or is another one there.
        HEAD_LOST
    }
}
