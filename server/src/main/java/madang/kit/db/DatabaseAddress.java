package madang.kit.db;

import madang.kit.Secret;

/// Where a PostgreSQL is and how to sign in there.
public record DatabaseAddress(String jdbcUrl, String user, Secret password) {}
