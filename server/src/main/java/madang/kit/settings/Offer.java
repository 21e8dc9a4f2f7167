package madang.kit.settings;

/// A value for one of our keys, in our words, and the entry that gives it.
record Offer(String key, Entry entry, String text, boolean isIfUnset) {}
