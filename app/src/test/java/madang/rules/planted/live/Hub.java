package madang.rules.planted.live;

import madang.rules.planted.identity.Gate;

/// Knows the gate that knows it.
public record Hub(Gate gate) {}
