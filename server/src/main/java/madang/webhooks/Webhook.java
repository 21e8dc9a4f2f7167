package madang.webhooks;

import java.time.Instant;
import madang.chat.Room;
import madang.kit.Id;
import madang.kit.User;

/// A door to one room, and the bot through which it speaks.
record Webhook(
        Id<Webhook> id, Id<Room> room, Id<User> voice, Id<User> createdBy, Instant createdAt) {}
