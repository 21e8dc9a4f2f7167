package madang.chat;

import java.time.Instant;
import java.time.InstantSource;
import madang.identity.Identity;
import madang.kit.Caller;
import madang.kit.Cursor;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Page;
import madang.kit.User;
import madang.kit.db.Db;
import org.jspecify.annotations.Nullable;

/// Who may not come into a room, by the word of its moderators.
final class Bans {
    private final Db db;
    private final RoomStore rooms;
    private final MemberStore members;
    private final BanStore bans;
    private final Identity identity;
    private final InstantSource clock;

    Bans(
            Db db,
            RoomStore rooms,
            MemberStore members,
            BanStore bans,
            Identity identity,
            InstantSource clock) {
        this.db = db;
        this.rooms = rooms;
        this.members = members;
        this.bans = bans;
        this.identity = identity;
        this.clock = clock;
    }

    /// Somebody who was banned, or was so already.
    record Banned(Ban ban, boolean isNew) {}

    /// Keeps somebody out, and puts him out if he is in. Banning twice changes nothing.
    Banned add(Caller caller, Id<Room> id, BanUser command) {
        Id<User> user = command.user();
        db.read(tx -> rooms.visible(tx, id, caller.user())).requireModerator();
        if (!identity.exists(user)) {
            throw Failure.notFound("USER_NOT_FOUND");
        }
        Ban ban = new Ban(user, caller.user(), command.reason(), clock.instant());
        return db.tx(tx -> {
            Room room = rooms.lockVisible(tx, id, caller.user());
            room.requireSayOver(
                    members.find(tx, id, user).map(Member::role).orElse(RoomRole.MEMBER));
            boolean isNew = bans.add(tx, id, ban);
            if (isNew) {
                boolean wasMember = members.remove(tx, id, user);
                tx.publish(new MemberBanned(id, user, wasMember));
            }
            return new Banned(bans.find(tx, id, user).orElseThrow(), isNew);
        });
    }

    void lift(Caller caller, Id<Room> id, Id<User> user) {
        db.run(tx -> {
            rooms.lockVisible(tx, id, caller.user()).requireModerator();
            if (!bans.remove(tx, id, user)) {
                throw Failure.notFound("CHAT_BAN_NOT_FOUND");
            }
        });
    }

    /// Who is kept out, for moderators: the newest ban first.
    Page<Ban> list(
            Caller caller,
            Id<Room> id,
            @Nullable Instant after,
            @Nullable Id<User> tie,
            int limit) {
        return db.read(tx -> {
            rooms.visible(tx, id, caller.user()).requireModerator();
            return Page.of(
                    bans.after(tx, id, after, tie, limit + 1),
                    limit,
                    ban -> Cursor.encode(ban.createdAt(), ban.user()));
        });
    }
}
