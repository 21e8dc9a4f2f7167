/// Work that comes round by the clock, once over all nodes (db-scheduler on PostgreSQL).
@NullMarked
package madang.kit.jobs;

import org.jspecify.annotations.NullMarked;
