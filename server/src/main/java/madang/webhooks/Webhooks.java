package madang.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import madang.chat.Chat;
import madang.chat.Room;
import madang.chat.Rooms;
import madang.identity.Identity;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Ids;
import madang.kit.db.Db;

/// Opens and closes doors to rooms, and lets in what is posted there.
public final class Webhooks {
    /// So many a room has at a time.
    static final int MOST = 20;

    private static final int TOKEN_BYTES = 32;

    private final Db db;
    private final WebhookStore store;
    private final Rooms rooms;
    private final Chat chat;
    private final Identity identity;
    private final Ids ids;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    Webhooks(
            Db db,
            WebhookStore store,
            Rooms rooms,
            Chat chat,
            Identity identity,
            Ids ids,
            InstantSource clock) {
        this.db = db;
        this.store = store;
        this.rooms = rooms;
        this.chat = chat;
        this.identity = identity;
        this.ids = ids;
        this.clock = clock;
    }

    /// A webhook and the one sight of its token.
    record WithToken(Webhook webhook, String token) {}

    /// Opens a door to a room that the caller moderates.
    WithToken make(Caller caller, Id<Room> room, MakeWebhook command) {
        rooms.requireModerator(caller, room);
        String token = newToken();
        return db.tx(tx -> {
            store.lock(tx, room);
            if (store.of(tx, room).size() >= MOST) {
                throw Failure.conflict("WEBHOOK_LIMIT", MOST);
            }
            Webhook webhook =
                    new Webhook(
                            ids.next(),
                            room,
                            identity.voice(command.name()),
                            caller.user(),
                            clock.instant());
            store.add(tx, webhook, hash(token));
            return new WithToken(webhook, token);
        });
    }

    List<Webhook> of(Caller caller, Id<Room> room) {
        rooms.requireModerator(caller, room);
        return db.read(tx -> store.of(tx, room));
    }

    /// Closes a door; what came in through it stays.
    void remove(Caller caller, Id<Room> room, Id<Webhook> id) {
        rooms.requireModerator(caller, room);
        if (!db.tx(tx -> store.remove(tx, room, id))) {
            throw notFound();
        }
    }

    /// Where this token leads; a door that was closed was never there.
    Webhook byToken(String token) {
        return db.read(tx -> store.byToken(tx, hash(token))).orElseThrow(Webhooks::notFound);
    }

    /// Says in the room what was posted there.
    Chat.Sent post(Webhook webhook, PostToWebhook command) {
        String key = command.clientKey() == null ? ids.next().toString() : command.clientKey();
        return chat.speak(webhook.voice(), webhook.room(), command.text(), key);
    }

    /// A room that is gone has no doors.
    void forget(Id<Room> room) {
        db.run(tx -> store.removeAll(tx, room));
    }

    static Failure notFound() {
        return Failure.notFound("WEBHOOK_NOT_FOUND");
    }

    private String newToken() {
        byte[] token = new byte[TOKEN_BYTES];
        random.nextBytes(token);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
