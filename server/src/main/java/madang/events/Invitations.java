package madang.events;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import madang.events.InviteViews.Action;
import madang.events.InviteViews.InviteLinkView;
import madang.events.InviteViews.InviteView;
import madang.events.InviteViews.Invited;
import madang.events.InviteViews.InvitedTo;
import madang.identity.Identity;
import madang.kit.Caller;
import madang.kit.Cursor;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Page;
import madang.kit.Text;
import madang.kit.User;
import madang.kit.db.Db;
import madang.kit.db.Tx;
import madang.kit.http.IfMatch;
import madang.moderation.Moderation;
import madang.people.Friends;
import org.jspecify.annotations.Nullable;

/// How people come into an event: by a link that its creator shows around, as an address or as a
/// picture for a camera, or by his asking his friends.
public final class Invitations {
    static final int MOST_LINKS = 100;

    /// Told apart from the same link typed or tapped.
    private static final String SEEN_BY_CAMERA = "?by=" + JoinByLink.Way.QR;

    private final Db db;
    private final InviteStore links;
    private final Events events;
    private final EventStore eventStore;
    private final ParticipantStore participants;
    private final Friends friends;
    private final Moderation moderation;
    private final Identity identity;
    private final Supplier<String> publicAddress;
    private final InstantSource clock;

    Invitations(
            Db db,
            InviteStore links,
            Events events,
            EventStore eventStore,
            ParticipantStore participants,
            Friends friends,
            Moderation moderation,
            Identity identity,
            Supplier<String> publicAddress,
            InstantSource clock) {
        this.db = db;
        this.links = links;
        this.events = events;
        this.eventStore = eventStore;
        this.participants = participants;
        this.friends = friends;
        this.moderation = moderation;
        this.identity = identity;
        this.publicAddress = publicAddress;
        this.clock = clock;
    }

    // Its creator's links

    InviteLinkView make(Caller caller, Id<Event> id, MakeInviteLink command) {
        return db.tx(tx -> {
            Event event = events.lock(tx, caller, id, Deed.ADD, IfMatch.ANY);
            if (links.countOf(tx, id) >= MOST_LINKS) {
                throw Failure.conflict("INVITE_LINK_LIMIT", MOST_LINKS);
            }
            InviteLink link = InviteLink.made(event.id(), caller.user(), command, clock.instant());
            links.add(tx, link);
            return view(link);
        });
    }

    /// All links of an event, also those that lead nowhere any more; the newest first.
    Page<InviteLinkView> links(
            Caller caller, Id<Event> id, InviteStore.@Nullable Place after, int limit) {
        return db.read(tx -> {
            requireCreator(tx, caller, id);
            return Page.of(
                            links.page(tx, id, after, limit + 1),
                            limit,
                            link -> Cursor.encode(link.createdAt(), link.code()))
                    .map(this::view);
        });
    }

    /// Nobody comes in by this link from now on. Closing it twice changes nothing.
    void deactivate(Caller caller, Id<Event> id, String code) {
        db.run(tx -> {
            requireCreator(tx, caller, id);
            if (!InviteCode.is(code) || !links.deactivate(tx, id, code, clock.instant())) {
                throw InviteLink.notFound();
            }
        });
    }

    QrCode picture(Caller caller, Id<Event> id, String code) {
        return db.read(tx -> {
            requireCreator(tx, caller, id);
            InviteLink link = find(tx, code);
            if (!link.eventId().equals(id)) {
                throw InviteLink.notFound();
            }
            return new QrCode(address(link) + SEEN_BY_CAMERA);
        });
    }

    // Those who are shown one

    /// What a link leads to. Whom the creator has blocked knows no such link.
    InviteView look(Caller caller, String code) {
        InviteLink link = db.read(tx -> find(tx, code));
        Id<User> me = caller.user();
        requireWelcome(link, me);
        Event event = events.find(link.eventId()).orElseThrow(InviteLink::notFound);
        boolean isIn = db.read(tx -> isIn(tx, event, me));
        link.requireLeadsIn(isIn, clock.instant());
        return new InviteView(
                InvitedTo.of(event),
                identity.people(List.of(event.creator())).get(event.creator()),
                isIn ? Action.ALREADY_JOINED : Action.CONFIRM,
                link.expiresAt());
    }

    /// Comes in by a link, and is asked from then on like everybody else. Of those who come at once
    /// to a link's last place one gets it; an event that is called off meanwhile lets nobody in.
    Id<Event> join(Caller caller, String code, JoinByLink command) {
        Id<User> me = caller.user();
        return db.tx(tx -> {
            Event event = eventStore.lock(tx, find(tx, code).eventId());
            InviteLink link = find(tx, code);
            requireWelcome(link, me);
            boolean isIn = isIn(tx, event, me);
            link.requireLeadsIn(isIn, clock.instant());
            if (isIn) {
                throw Failure.conflict("ALREADY_PARTICIPANT");
            }
            event.allow(Deed.JOIN);
            if (!links.use(tx, code, clock.instant())) {
                throw InviteLink.usedUp();
            }
            events.ask(tx, event, List.of(me), link.createdBy(), command.method());
            return event.id();
        });
    }

    // Friends

    /// Asks some of the creator's friends. Who is in already stays as he is.
    Invited invite(Caller caller, Id<Event> id, InviteFriends command) {
        Id<User> me = caller.user();
        Set<Id<User>> wanted = new LinkedHashSet<>(command.friendIds());
        requireFriends(me, command.friendIds());
        return db.tx(tx -> {
            Event event = events.lock(tx, caller, id, Deed.ADD, IfMatch.ANY);
            List<Id<User>> before = participants.among(tx, id, wanted);
            List<Id<User>> fresh = new ArrayList<>(wanted);
            fresh.removeAll(before);
            events.ask(tx, event, fresh, me, InviteMethod.FRIEND);
            return new Invited(fresh, before);
        });
    }

    private void requireFriends(Id<User> me, List<Id<User>> users) {
        Set<Id<User>> known = friends.among(me, users);
        Map<String, Text> faults = new LinkedHashMap<>();
        IntStream.range(0, users.size())
                .filter(i -> !known.contains(users.get(i)))
                .forEach(i ->
                        faults.put("friend_ids[" + i + "]", Text.of("invalid.no_such_friend")));
        if (!faults.isEmpty()) {
            throw Failure.invalid(faults);
        }
    }

    // Parts

    private void requireCreator(Tx tx, Caller caller, Id<Event> id) {
        if (eventStore.visible(tx, id, caller.user()).mine() != Standing.CREATOR) {
            throw Failure.forbidden();
        }
    }

    private void requireWelcome(InviteLink link, Id<User> user) {
        if (!moderation.blockersOf(user, Set.of(link.createdBy())).isEmpty()) {
            throw InviteLink.notFound();
        }
    }

    private InviteLink find(Tx tx, String code) {
        if (!InviteCode.is(code)) {
            throw InviteLink.notFound();
        }
        return links.find(tx, code).orElseThrow(InviteLink::notFound);
    }

    private boolean isIn(Tx tx, Event event, Id<User> user) {
        return !participants.among(tx, event.id(), List.of(user)).isEmpty();
    }

    private InviteLinkView view(InviteLink link) {
        return InviteLinkView.of(link, address(link), clock.instant());
    }

    private String address(InviteLink link) {
        return publicAddress.get() + "/invite/" + link.code();
    }
}
