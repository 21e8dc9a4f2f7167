package madang.rules.planted.barn;

/// A room that nobody has thought about.
final class Hay {}
