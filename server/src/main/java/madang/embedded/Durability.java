package madang.embedded;

/// Whether what was committed outlives a power failure. A kill of any process it outlives anyway.
enum Durability {
    FULL("on"),
    NONE("off");

    private final String fsync;

    Durability(String fsync) {
        this.fsync = fsync;
    }

    String fsync() {
        return fsync;
    }
}
