package madang.rules.planted.chat.deep;

/// A layer inside a feature.
final class Layer {}
