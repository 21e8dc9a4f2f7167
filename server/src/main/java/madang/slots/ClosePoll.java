package madang.slots;

import madang.kit.Id;

/// The time that was found.
public record ClosePoll(Id<Poll.Option> option) {}
