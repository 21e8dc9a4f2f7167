package madang.rules.planted.chat;

/// A part that every neighbour can reach.
public final class Ledger {}
