/// PostgreSQL, the truth: transactions as values, SQL in plain sight, facts that wait for commit.
/// Owns the schema `kit` (idempotency keys, the outbox, jobs).
@NullMarked
package madang.kit.db;

import org.jspecify.annotations.NullMarked;
