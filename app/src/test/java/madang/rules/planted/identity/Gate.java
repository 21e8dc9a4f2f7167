package madang.rules.planted.identity;

import madang.rules.planted.live.Hub;

/// Knows the hub that knows it.
public record Gate(Hub hub) {}
