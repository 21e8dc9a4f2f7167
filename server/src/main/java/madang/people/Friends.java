package madang.people;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
import madang.live.UserFeed;
import madang.moderation.Moderation;
import madang.people.FriendStore.Other;
import madang.people.FriendStore.Request;
import madang.people.PeopleViews.Direction;
import madang.people.PeopleViews.FriendRequestView;
import madang.people.PeopleViews.FriendView;
import madang.people.PeopleViews.ProfileView;
import madang.people.PeopleViews.Relation;
import madang.people.PeopleViews.RelationChanged;
import madang.people.PeopleViews.Status;
import org.jspecify.annotations.Nullable;

/// Who is whose friend. Somebody asks, the other one agrees; who both ask have both agreed. Whoever
/// declines or blocks is not betrayed: the one who asked sees his request wait.
public final class Friends {
    static final String CHANGED = "people.changed";

    /// More than anybody knows, and little enough for one page of an export.
    static final int MOST_FRIENDS = 5_000;

    static final int MOST_REQUESTS = 500;

    /// How long a no holds against asking again.
    static final Duration DECLINED = Duration.ofDays(30);

    private final Db db;
    private final FriendStore store;
    private final Identity identity;
    private final Moderation moderation;
    private final People people;
    private final UserFeed feed;
    private final InstantSource clock;

    Friends(
            Db db,
            FriendStore store,
            Identity identity,
            Moderation moderation,
            People people,
            UserFeed feed,
            InstantSource clock) {
        this.db = db;
        this.store = store;
        this.identity = identity;
        this.moderation = moderation;
        this.people = people;
        this.feed = feed;
        this.clock = clock;
    }

    /// A request that was made, or stood there before.
    record Asked(FriendRequestView request, boolean isNew) {}

    /// Asks somebody to be friends. Asking twice changes nothing; asking one who has asked agrees.
    Asked ask(Caller caller, AskFriend command) {
        UserView other = asked(command);
        Id<User> me = caller.user();
        if (other.id().equals(me)) {
            throw Failure.conflict("FRIEND_ONESELF");
        }
        return db.tx(tx -> {
            store.lockPair(tx, me, other.id());
            requireNotBlockedBy(me, other.id());
            if (store.friendsSince(tx, me, other.id()).isPresent()) {
                throw Failure.conflict("FRIEND_ALREADY");
            }
            Instant now = clock.instant();
            return store.request(tx, other.id(), me).isPresent()
                    ? agreed(tx, me, other, now)
                    : requested(tx, me, other, now);
        });
    }

    private Asked agreed(Tx tx, Id<User> me, UserView other, Instant now) {
        befriend(tx, other.id(), me, now);
        return new Asked(
                new FriendRequestView(other, Direction.OUTGOING, Status.ACCEPTED, now), true);
    }

    private Asked requested(Tx tx, Id<User> me, UserView other, Instant now) {
        Optional<Request> before = store.request(tx, me, other.id());
        boolean isNew = before.isEmpty() || before.get().cancelledAt() != null;
        if (before.isPresent()) {
            store.askAgain(tx, me, other.id(), now);
        } else {
            boolean isUnwelcome = isBlocked(me, other.id());
            store.addRequest(tx, me, other.id(), now, isUnwelcome ? now : null);
            requireFewRequests(tx, me);
            if (!isUnwelcome) {
                tx.publish(new FriendRequested(me, other.id(), now));
                tell(tx, other.id(), me, Relation.ASKED);
            }
        }
        if (isNew) {
            tell(tx, me, other.id(), Relation.REQUESTED);
        }
        Instant since = isNew ? now : before.orElseThrow().createdAt();
        return new Asked(
                new FriendRequestView(other, Direction.OUTGOING, Status.PENDING, since), isNew);
    }

    /// Agrees to be friends with somebody who has asked. Agreeing twice changes nothing.
    FriendView accept(Caller caller, Id<User> user) {
        Id<User> me = caller.user();
        Instant since =
                db.tx(tx -> {
                    store.lockPair(tx, me, user);
                    Optional<Instant> before = store.friendsSince(tx, me, user);
                    if (before.isPresent()) {
                        return before.get();
                    }
                    requireNotBlockedBy(me, user);
                    if (store.request(tx, user, me)
                            .filter(request -> request.declinedAt() == null)
                            .isEmpty()) {
                        throw Failure.notFound("FRIEND_REQUEST_NOT_FOUND");
                    }
                    Instant now = clock.instant();
                    befriend(tx, user, me, now);
                    return now;
                });
        return views(me, List.of(new Other(user, since))).getFirst();
    }

    /// Says no to who has asked; he does not learn it. Saying it twice changes nothing.
    void decline(Caller caller, Id<User> user) {
        Id<User> me = caller.user();
        db.run(tx -> {
            store.lockPair(tx, me, user);
            if (store.decline(tx, user, me, clock.instant())) {
                tell(tx, me, user, Relation.NONE);
            }
        });
    }

    /// Takes a request back. Taking it back twice changes nothing.
    void cancel(Caller caller, Id<User> user) {
        Id<User> me = caller.user();
        db.run(tx -> {
            store.lockPair(tx, me, user);
            if (store.cancel(tx, me, user, clock.instant())) {
                tell(tx, user, me, Relation.NONE);
            }
            tell(tx, me, user, Relation.NONE);
        });
    }

    /// Ends a friendship, for both of them. Ending it twice changes nothing.
    void remove(Caller caller, Id<User> user) {
        Id<User> me = caller.user();
        db.run(tx -> {
            store.lockPair(tx, me, user);
            if (store.part(tx, me, user)) {
                parted(tx, me, user);
            }
        });
    }

    /// My friends, the newest first, each with whether he is there.
    Page<FriendView> friends(Caller caller, @Nullable Other after, int limit) {
        List<Other> found = db.read(tx -> store.friends(tx, caller.user(), after, limit + 1));
        Page<Other> page = page(found, limit);
        return new Page<>(views(caller.user(), page.items()), page.nextCursor());
    }

    /// Requests from or to me that wait, the newest first.
    Page<FriendRequestView> requests(
            Caller caller, Direction direction, @Nullable Other after, int limit) {
        Id<User> me = caller.user();
        Page<Other> page =
                page(
                        db.read(tx ->
                                direction == Direction.INCOMING
                                        ? store.incoming(tx, me, after, limit + 1)
                                        : store.outgoing(tx, me, after, limit + 1)),
                        limit);
        Map<Id<User>, UserView> known = identity.people(ids(page.items()));
        return new Page<>(
                page.items().stream()
                        .filter(other -> known.containsKey(other.user()))
                        .map(other ->
                                new FriendRequestView(
                                        Objects.requireNonNull(known.get(other.user())),
                                        direction,
                                        Status.PENDING,
                                        other.since()))
                        .toList(),
                page.nextCursor());
    }

    /// Somebody as the caller may know him.
    ProfileView profile(Caller caller, Id<User> user) {
        @Nullable UserView view = identity.people(List.of(user)).get(user);
        if (view == null || !identity.isHere(user)) {
            throw Failure.notFound("USER_NOT_FOUND");
        }
        boolean isShown = !people.shownTo(caller.user(), Set.of(user)).isEmpty();
        return new ProfileView(
                view.id(),
                view.username(),
                view.nickname(),
                view.profileImageUrl(),
                view.statusMessage(),
                view.isBot(),
                isShown ? !people.online(List.of(user)).isEmpty() : null,
                relation(caller.user(), user));
    }

    /// Those of these people whom this user is friends with.
    public Set<Id<User>> among(Id<User> user, Collection<Id<User>> others) {
        return db.read(tx -> store.among(tx, user, others));
    }

    /// Who blocks somebody is not friends with him any more, nor asked by him, nor asks him.
    void part(Id<User> blocker, Id<User> blocked) {
        db.run(tx -> {
            store.lockPair(tx, blocker, blocked);
            store.removeRequests(tx, blocker, blocked);
            if (store.part(tx, blocker, blocked)) {
                parted(tx, blocker, blocked);
            }
        });
    }

    void forgetDeclined() {
        db.run(tx -> store.forgetDeclined(tx, clock.instant().minus(DECLINED)));
    }

    private Relation relation(Id<User> me, Id<User> user) {
        if (me.equals(user)) {
            return Relation.SELF;
        }
        if (isBlocked(user, me)) {
            return Relation.BLOCKED;
        }
        return db.tx(tx -> {
            if (store.friendsSince(tx, me, user).isPresent()) {
                return Relation.FRIEND;
            }
            if (store.request(tx, user, me).filter(it -> it.declinedAt() == null).isPresent()) {
                return Relation.ASKED;
            }
            return store.request(tx, me, user).filter(it -> it.cancelledAt() == null).isPresent()
                    ? Relation.REQUESTED
                    : Relation.NONE;
        });
    }

    private UserView asked(AskFriend command) {
        Optional<UserView> found =
                command.user() != null
                        ? Optional.ofNullable(
                                identity.people(List.of(command.user())).get(command.user()))
                        : identity.byUsername(String.valueOf(command.username()));
        return found.filter(user -> !user.isBot() && identity.isHere(user.id()))
                .orElseThrow(() -> Failure.notFound("USER_NOT_FOUND"));
    }

    private void befriend(Tx tx, Id<User> asker, Id<User> agreed, Instant now) {
        if (store.befriend(tx, asker, agreed, now)) {
            requireFewFriends(tx, asker);
            requireFewFriends(tx, agreed);
            tx.publish(new FriendshipBegan(asker, agreed, now));
            tell(tx, asker, agreed, Relation.FRIEND);
            tell(tx, agreed, asker, Relation.FRIEND);
        }
    }

    private void parted(Tx tx, Id<User> one, Id<User> other) {
        tell(tx, one, other, Relation.NONE);
        tell(tx, other, one, Relation.NONE);
    }

    private void tell(Tx tx, Id<User> reader, Id<User> user, Relation relation) {
        tx.afterCommit(
                () -> feed.tell(List.of(reader), CHANGED, new RelationChanged(user, relation)));
    }

    private List<FriendView> views(Id<User> reader, List<Other> others) {
        Set<Id<User>> ids = Set.copyOf(ids(others));
        Map<Id<User>, UserView> known = identity.people(ids);
        Set<Id<User>> hidden = people.hiddenFrom(reader, ids);
        Set<Id<User>> online = people.online(ids);
        return others.stream()
                .filter(other -> known.containsKey(other.user()))
                .map(other ->
                        FriendView.of(
                                Objects.requireNonNull(known.get(other.user())),
                                online.contains(other.user()) && !hidden.contains(other.user()),
                                other.since()))
                .toList();
    }

    private boolean isBlocked(Id<User> user, Id<User> by) {
        return !moderation.blockersOf(user, List.of(by)).isEmpty();
    }

    /// Whom the caller has blocked himself, he knows.
    private void requireNotBlockedBy(Id<User> me, Id<User> other) {
        if (isBlocked(other, me)) {
            throw Failure.conflict("FRIEND_BLOCKED");
        }
    }

    private void requireFewFriends(Tx tx, Id<User> user) {
        if (store.countFriends(tx, user) > MOST_FRIENDS) {
            throw Failure.conflict("FRIEND_LIMIT", MOST_FRIENDS);
        }
    }

    private void requireFewRequests(Tx tx, Id<User> sender) {
        if (store.countOutgoing(tx, sender) > MOST_REQUESTS) {
            throw Failure.conflict("FRIEND_REQUEST_LIMIT", MOST_REQUESTS);
        }
    }

    private static List<Id<User>> ids(List<Other> others) {
        return others.stream().map(Other::user).toList();
    }

    private static Page<Other> page(List<Other> found, int limit) {
        return Page.of(found, limit, other -> Cursor.encode(other.since(), other.user()));
    }
}
