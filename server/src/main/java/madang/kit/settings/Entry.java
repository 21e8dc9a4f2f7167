package madang.kit.settings;

/// A name that somebody set, and the layer where it stands.
record Entry(String name, String value, String layer) {

    /// As an operator finds it again: `DB_HOST (.env)`.
    String where() {
        return name + " (" + layer + ")";
    }
}
