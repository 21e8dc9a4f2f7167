package madang.kit.settings;

/// What carries hints between nodes.
public enum BusKind {
    /// Within this process: for one node alone.
    MEMORY,
    /// Between all nodes on the same PostgreSQL.
    POSTGRESQL
}
