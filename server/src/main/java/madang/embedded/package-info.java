/// What stands in where no other server is named: a bus and presence in this process, and
/// PostgreSQL 18 as a child of ours, whose API is `EmbeddedPostgres`. In `MADANG_DATA` it owns
/// `lock` (one Madang a folder), `postgres/` (the data and its password), `postgres.log` and,
/// unless root starts us, `cache/` (the binaries).
///
/// What may surprise: one platform thread begets every process, because the kernel's death signal
/// follows the parent's thread and not its process; as root the server runs as uid 65534 with one
/// capability, to read below folders that only root may enter; the server's words on stderr are how
/// we know that it is ready, so their language is pinned.
@NullMarked
package madang.embedded;

import org.jspecify.annotations.NullMarked;
