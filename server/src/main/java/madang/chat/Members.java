package madang.chat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import madang.identity.Identity;
import madang.identity.UserView;
import madang.kit.Caller;
import madang.kit.Cursor;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Page;
import madang.kit.User;
import madang.kit.db.Db;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// Who is in a room: joins, leaves, is brought in and put out, has a say or is silenced. Whatever
/// changes a room's members holds its row, so that bounds and the one owner hold against races.
public final class Members {
    private static final Duration LONGEST_MUTE = Duration.ofDays(366);
    private static final int IN_LINE = 100;

    private final Db db;
    private final Rooms rooms;
    private final RoomStore roomStore;
    private final MemberStore members;
    private final BanStore bans;
    private final Admissions admissions;
    private final MessageStore messages;
    private final ReadMarkers markers;
    private final RoomFeed feed;
    private final Identity identity;
    private final InstantSource clock;

    Members(
            Db db,
            Rooms rooms,
            RoomStore roomStore,
            MemberStore members,
            BanStore bans,
            Admissions admissions,
            MessageStore messages,
            ReadMarkers markers,
            RoomFeed feed,
            Identity identity,
            InstantSource clock) {
        this.db = db;
        this.rooms = rooms;
        this.roomStore = roomStore;
        this.members = members;
        this.bans = bans;
        this.admissions = admissions;
        this.messages = messages;
        this.markers = markers;
        this.feed = feed;
        this.identity = identity;
        this.clock = clock;
    }

    /// A member who was brought in, or was in already.
    public record Added(Member member, boolean isNew) {}

    // Coming and going

    /// Takes a place in a room that asks for no password.
    public Rooms.RoomAtAGlance join(Caller caller, Id<Room> id) {
        return join(caller, id, null);
    }

    /// Takes a place in a room, with its password if it has one. Joining twice changes nothing and
    /// asks for nothing; a newcomer has nothing unread. Full: `CHAT_ROOM_FULL`.
    public Rooms.RoomAtAGlance join(Caller caller, Id<Room> id, @Nullable String password) {
        @Nullable String fitting = fittingHash(caller, id, password);
        long lastSeq = messages.end(id).lastSeq();
        boolean isNew =
                db.tx(tx -> {
                    RoomStore.Door door = roomStore.lockDoor(tx, id, caller.user());
                    if (door.room().isMine()) {
                        return false;
                    }
                    door.room().requireEnterable();
                    requireSamePassword(door, fitting);
                    door.room().requireSpace();
                    return admit(tx, id, caller.user(), lastSeq);
                });
        if (isNew) {
            readAll(id, caller.user());
        }
        return rooms.room(caller, id);
    }

    /// Gives up one's place. When the owner leaves, a moderator or the longest-standing member
    /// takes over; the last person to leave closes the room behind him.
    public void leave(Caller caller, Id<Room> id) {
        db.run(tx -> leave(tx, id, caller.user()));
    }

    /// Somebody who is no more gives up every place that can be given up. Where two talked alone,
    /// the other keeps what was said.
    void leaveAll(Id<User> user) {
        for (Id<Room> room : db.read(tx -> members.leavable(tx, user))) {
            db.run(tx -> leave(tx, room, user));
        }
    }

    private void leave(Tx tx, Id<Room> id, Id<User> user) {
        Room room = roomStore.lockVisible(tx, id, user);
        room.requireLeavable();
        if (members.remove(tx, id, user)) {
            tx.publish(new MemberLeft(id, user, false));
            passOn(tx, room);
        }
    }

    /// Brings somebody in, past the password; a ban must be lifted before.
    public Added add(Caller caller, Id<Room> id, Id<User> user) {
        rooms.find(caller, id).requireModerator();
        requireUser(user);
        long lastSeq = messages.end(id).lastSeq();
        Added added =
                db.tx(tx -> {
                    Room room = roomStore.lockVisible(tx, id, caller.user());
                    room.requireModerator();
                    boolean isNew = members.find(tx, id, user).isEmpty();
                    if (isNew) {
                        requireNotBanned(tx, id, user);
                        room.requireSpace();
                        admit(tx, id, user, lastSeq);
                    }
                    return new Added(members.find(tx, id, user).orElseThrow(), isNew);
                });
        if (added.isNew()) {
            readAll(id, user);
        }
        return added;
    }

    /// Puts somebody out; his sockets hear nothing of the room from then on.
    public void remove(Caller caller, Id<Room> id, Id<User> user) {
        db.run(tx -> {
            Room room = roomStore.lockVisible(tx, id, caller.user());
            room.requireSayOver(member(tx, id, user).role());
            members.remove(tx, id, user);
            tx.publish(new MemberLeft(id, user, true));
        });
    }

    /// Lets people into a channel, by the word of the neighbour whose it is; who is in already
    /// stays. Nobody is told: what happened, the neighbour tells.
    public void seat(Id<Room> channel, Collection<Id<User>> users) {
        long lastSeq = messages.end(channel).lastSeq();
        List<Id<User>> newcomers =
                db.tx(tx -> {
                    roomStore.lock(tx, channel);
                    return members.addAll(
                            tx, channel, users, RoomRole.MEMBER, lastSeq, clock.instant());
                });
        newcomers.forEach(user -> readAll(channel, user));
    }

    /// Lets somebody out of a channel.
    public void unseat(Id<Room> channel, Id<User> user) {
        db.run(tx -> {
            if (members.remove(tx, channel, user)) {
                tx.publish(new MemberLeft(channel, user, true));
            }
        });
    }

    // Having a say

    /// Refuses who may not speak in a room now, and therefore neither writes nor edits nor reacts
    /// there: who is no member, is muted, or would be heard by one alone who has blocked him, or is
    /// blocked by him.
    public void requireSpeaker(Caller caller, Id<Room> room) {
        Speaker speaker = new Speaker(room, caller.user());
        takenIn(
                caller,
                room,
                () -> {
                    admissions.require(speaker, clock.instant());
                    return speaker;
                });
    }

    /// What somebody does who speaks. The room that everybody is in takes him in by that.
    <T> T takenIn(Caller caller, Id<Room> room, Supplier<T> speak) {
        try {
            return speak.get();
        } catch (Failure refused) {
            if (refused.code().equals(Failure.forbidden().code())
                    && room.equals(rooms.defaultRoom())) {
                join(caller, room);
                return speak.get();
            }
            throw refused;
        }
    }

    // Roles

    /// Gives a member another role, silences him or lets him speak. A room that is passed on keeps
    /// its old owner as a moderator; it has exactly one owner at any time.
    public Member change(Caller caller, Id<Room> id, Id<User> user, ChangeMember command) {
        Instant now = clock.instant();
        return db.tx(tx -> {
            Room room = roomStore.lockVisible(tx, id, caller.user());
            room.requireModerator();
            Member member = member(tx, id, user);
            if (command.role().given()) {
                changeRole(tx, room, caller.user(), member, command.role().or(member.role()));
            }
            if (command.mutedUntil().given()) {
                room.requireSayOver(member.role());
                members.mute(tx, id, user, bounded(command.mutedUntil().or(null), now));
            }
            tx.afterCommit(() -> feed.lookAgain(id, user));
            return member(tx, id, user);
        });
    }

    /// Forgets the mutes and turns of those who left, once they are over.
    void forgetRestraints() {
        db.run(tx -> members.forgetRestraints(tx, clock.instant()));
    }

    private void changeRole(Tx tx, Room room, Id<User> owner, Member member, RoomRole role) {
        room.requireOwner();
        if (role == member.role()) {
            return;
        }
        if (member.role() == RoomRole.OWNER) {
            throw Failure.conflict("CHAT_OWNER_NEEDED");
        }
        if (role == RoomRole.OWNER) {
            members.setRole(tx, room.id(), owner, RoomRole.MODERATOR);
            members.mute(tx, room.id(), member.user(), null);
            tx.publish(new OwnerChanged(room.id(), member.user()));
        }
        members.setRole(tx, room.id(), member.user(), role);
    }

    private static @Nullable Instant bounded(@Nullable Instant until, Instant now) {
        if (until != null && (!until.isAfter(now) || until.isAfter(now.plus(LONGEST_MUTE)))) {
            throw Failure.invalid("muted_until", "within_a_year");
        }
        return until;
    }

    // Lists

    public Page<Member> list(Caller caller, Id<Room> id, @Nullable Id<User> after, int limit) {
        return db.read(tx -> {
            roomStore.visible(tx, id, caller.user()).requireReadable();
            return Page.of(
                    members.after(tx, id, after, limit + 1),
                    limit,
                    member -> Cursor.encode(member.user()));
        });
    }

    /// One of those whom `list` tells.
    public Member one(Caller caller, Id<Room> id, Id<User> user) {
        return db.read(tx -> {
            roomStore.visible(tx, id, caller.user()).requireReadable();
            return member(tx, id, user);
        });
    }

    /// How far each member has read, for members.
    Page<ReadMarkers.Marker> markers(
            Caller caller, Id<Room> id, @Nullable Id<User> after, int limit) {
        List<ReadMarkers.Marker> stored =
                db.read(tx -> {
                    roomStore.visible(tx, id, caller.user()).requireMember();
                    return members.markersAfter(tx, id, after, limit + 1);
                });
        List<ReadMarkers.Marker> now =
                stored.stream().map(marker -> markers.now(id, marker)).toList();
        return Page.of(now, limit, marker -> Cursor.encode(marker.user()));
    }

    /// Which of these people share a room with this user. The room that everybody is in makes
    /// nobody known.
    Set<Id<User>> sharing(Id<User> user, Set<Id<User>> people) {
        return Set.copyOf(db.read(tx -> members.sharing(tx, user, people)));
    }

    /// Which of these users may hear a room on: its members, and readers of an open one where
    /// reading is enough.
    Set<Id<User>> hearers(Id<Room> room, Set<Id<User>> users, boolean isReadingEnough) {
        List<Id<User>> asked = List.copyOf(users);
        return db
                .read(tx -> members.admissions(tx, Collections.nCopies(asked.size(), room), asked))
                .stream()
                .filter(found -> found.mayHear(isReadingEnough))
                .map(Admission::user)
                .collect(Collectors.toSet());
    }

    // Parts

    /// The hash that the password was found to fit; null where none was asked for. Looked at before
    /// the room is held, because hashing takes long.
    private @Nullable String fittingHash(Caller caller, Id<Room> id, @Nullable String password) {
        RoomStore.Door door = db.read(tx -> roomStore.door(tx, id, caller.user()));
        @Nullable String hash = door.passwordHash();
        if (door.room().isMine()) {
            return null;
        }
        door.room().requireEnterable();
        if (hash == null) {
            return null;
        }
        if (password == null) {
            throw Room.passwordRequired();
        }
        if (!identity.knowsShared(caller, id, password, hash)) {
            throw Failure.of(Failure.Kind.FORBIDDEN, "CHAT_PASSWORD_WRONG");
        }
        return hash;
    }

    /// It may have been changed while he was looked at.
    private static void requireSamePassword(RoomStore.Door door, @Nullable String fitting) {
        if (!Objects.equals(door.passwordHash(), fitting)) {
            throw Room.passwordRequired();
        }
    }

    private void requireUser(Id<User> user) {
        if (!identity.exists(user)) {
            throw Failure.notFound("USER_NOT_FOUND");
        }
    }

    private void requireNotBanned(Tx tx, Id<Room> id, Id<User> user) {
        if (bans.find(tx, id, user).isPresent()) {
            throw Failure.conflict("CHAT_MEMBER_BANNED");
        }
    }

    private Member member(Tx tx, Id<Room> id, Id<User> user) {
        return members.find(tx, id, user)
                .orElseThrow(() -> Failure.notFound("CHAT_MEMBER_NOT_FOUND"));
    }

    /// Everything said until now is read: what came in while he was let in, too.
    private void readAll(Id<Room> room, Id<User> newcomer) {
        markers.move(room, newcomer, messages.end(room).lastSeq());
    }

    private boolean admit(Tx tx, Id<Room> room, Id<User> user, long lastSeq) {
        boolean isNew = members.add(tx, room, user, RoomRole.MEMBER, lastSeq, clock.instant());
        if (isNew) {
            tx.publish(new MemberJoined(room, user));
        }
        return isNew;
    }

    private void passOn(Tx tx, Room room) {
        if (room.myRole() != RoomRole.OWNER) {
            return;
        }
        Optional<Id<User>> heir = heir(tx, room.id());
        if (heir.isPresent()) {
            members.setRole(tx, room.id(), heir.get(), RoomRole.OWNER);
            members.mute(tx, room.id(), heir.get(), null);
            tx.publish(new OwnerChanged(room.id(), heir.get()));
        } else {
            rooms.delete(tx, room.id());
        }
    }

    /// The first person in line: programs run no rooms.
    private Optional<Id<User>> heir(Tx tx, Id<Room> room) {
        int skipped = 0;
        List<Id<User>> next;
        do {
            next = members.inLine(tx, room, skipped, IN_LINE);
            Map<Id<User>, UserView> known = identity.people(next);
            Optional<Id<User>> person =
                    next.stream()
                            .filter(user -> known.containsKey(user) && !known.get(user).isBot())
                            .findFirst();
            if (person.isPresent()) {
                return person;
            }
            skipped += next.size();
        } while (!next.isEmpty());
        return Optional.empty();
    }
}
