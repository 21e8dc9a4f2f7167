/// What makes several nodes one house when they share nothing but PostgreSQL: who lives (`Nodes`),
/// the bus between them (`PostgresBus`) and who is where (`PostgresPresence`). Owns the tables
/// `kit.node`, `kit.bus_batch` and `kit.presence`, none of them logged: each can be lost at any
/// moment without harm.
///
/// What may surprise: time between nodes is PostgreSQL's own (`now()`), because theirs may differ;
/// and `NOTIFY` carries no hint, it only rings.
@NullMarked
package madang.nodes;

import org.jspecify.annotations.NullMarked;
