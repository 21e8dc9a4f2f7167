package madang.audit;

import java.time.Instant;
import madang.kit.Id;

/// One link of the chain.
record Seal(long number, Id<Noted> entry, byte[] previous, byte[] hash, Instant at) {}
