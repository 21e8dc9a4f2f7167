package madang.kit;

/// One sign-in on one device, as far as the house's words go: `Id<Session>`. Ending it ends its
/// tokens and its sockets.
public interface Session {}
