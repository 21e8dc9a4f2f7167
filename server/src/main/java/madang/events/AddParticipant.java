package madang.events;

import madang.kit.Id;
import madang.kit.User;

/// Whom the creator asks to come, too.
public record AddParticipant(Id<User> participantId) {}
