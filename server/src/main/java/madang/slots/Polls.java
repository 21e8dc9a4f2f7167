package madang.slots;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import madang.events.CreateEvent;
import madang.events.Event;
import madang.events.Events;
import madang.identity.Identity;
import madang.identity.UserView;
import madang.kit.Caller;
import madang.kit.Cursor;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Ids;
import madang.kit.Page;
import madang.kit.User;
import madang.kit.db.Db;
import madang.kit.db.Tx;
import madang.moderation.Moderation;
import madang.slots.CastVotes.Answer;
import org.jspecify.annotations.Nullable;

/// Finding a time: somebody proposes some, everybody who is shown the poll says which suit him, and
/// one of them becomes an event to which those are asked who could come.
public final class Polls {
    private static final int MOST_OPEN = 100;
    private static final int CODE_BYTES = 12;
    private static final String CODE = "[A-Za-z0-9_-]{16}";

    private final Db db;
    private final PollStore polls;
    private final Events events;
    private final Identity identity;
    private final Moderation moderation;
    private final InstantSource clock;
    private final Ids ids;
    private final SecureRandom random = new SecureRandom();

    Polls(
            Db db,
            PollStore polls,
            Events events,
            Identity identity,
            Moderation moderation,
            InstantSource clock,
            Ids ids) {
        this.db = db;
        this.polls = polls;
        this.events = events;
        this.identity = identity;
        this.moderation = moderation;
        this.clock = clock;
        this.ids = ids;
    }

    /// A poll with all that was said, and who said it.
    record Standing(
            Poll poll,
            List<Poll.Option> options,
            List<Poll.Vote> votes,
            Map<Id<User>, UserView> people) {}

    Standing make(Caller caller, MakePoll command) {
        Poll poll =
                new Poll(
                        ids.next(),
                        code(),
                        caller.user(),
                        command.title().strip(),
                        command.description(),
                        command.location(),
                        clock.instant(),
                        null);
        List<Poll.Option> options =
                command.options().stream()
                        .map(time -> new Poll.Option(ids.next(), time.startTime(), time.endTime()))
                        .toList();
        return db.tx(tx -> {
            if (polls.countOpen(tx, caller.user()) >= MOST_OPEN) {
                throw Failure.conflict("POLL_LIMIT", MOST_OPEN);
            }
            polls.add(tx, poll, options);
            return standing(tx, poll);
        });
    }

    /// My own polls, the newest first.
    Page<Poll> mine(Caller caller, @Nullable Id<Poll> before, int limit) {
        return Page.of(
                db.read(tx -> polls.page(tx, caller.user(), before, limit + 1)),
                limit,
                poll -> Cursor.encode(poll.id()));
    }

    Standing find(Caller caller, String code) {
        return db.tx(tx -> standing(tx, welcome(tx, caller, polls.find(tx, known(code)))));
    }

    /// Says which times suit, in the place of all that one said before.
    Standing vote(Caller caller, String code, CastVotes command) {
        Id<User> me = caller.user();
        return db.tx(tx -> {
            Poll poll = welcome(tx, caller, polls.lock(tx, known(code)));
            poll.requireOpen();
            Set<Id<Poll.Option>> options =
                    polls.options(tx, poll.id()).stream()
                            .map(Poll.Option::id)
                            .collect(Collectors.toSet());
            if (!command.votes().stream().allMatch(vote -> options.contains(vote.option()))) {
                throw Failure.invalid("votes", "poll_option");
            }
            if (polls.countVoters(tx, poll.id(), me) >= Poll.MOST_VOTERS) {
                throw Failure.conflict("POLL_FULL", Poll.MOST_VOTERS);
            }
            polls.vote(tx, poll.id(), me, command.votes(), clock.instant());
            return standing(tx, poll);
        });
    }

    /// The time is found: an event comes of it, and whoever could come is asked. Of two who close
    /// at once the second finds it closed.
    Standing close(Caller caller, String code, ClosePoll command) {
        return db.tx(tx -> {
            Poll poll = welcome(tx, caller, polls.lock(tx, known(code)));
            poll.requireCreator(caller.user());
            poll.requireOpen();
            Poll.Option found =
                    polls.options(tx, poll.id()).stream()
                            .filter(option -> option.id().equals(command.option()))
                            .findAny()
                            .orElseThrow(() -> Failure.invalid("option", "poll_option"));
            CreateEvent proposal =
                    new CreateEvent(
                            poll.title(),
                            poll.description(),
                            poll.location(),
                            found.startTime(),
                            found.endTime(),
                            asked(tx, poll, found));
            Id<Event> event = db.joined(tx, () -> events.create(caller, proposal).id());
            polls.close(tx, poll.id(), event);
            return standing(tx, welcome(tx, caller, polls.find(tx, code)));
        });
    }

    void delete(Caller caller, String code) {
        db.run(tx -> {
            Poll poll = welcome(tx, caller, polls.lock(tx, known(code)));
            poll.requireCreator(caller.user());
            polls.remove(tx, poll.id());
        });
    }

    /// Who could come at that time, is still here, and not parted from the creator by a block.
    private List<Id<User>> asked(Tx tx, Poll poll, Poll.Option found) {
        List<Id<User>> couldCome =
                polls.votes(tx, poll.id()).stream()
                        .filter(vote -> vote.option().equals(found.id()))
                        .filter(vote -> vote.answer() != Answer.NO)
                        .map(Poll.Vote::user)
                        .filter(user -> !user.equals(poll.creator()))
                        .toList();
        Set<Id<User>> here = db.joined(tx, () -> identity.people(couldCome).keySet());
        Set<Moderation.Pair> parted =
                db.joined(
                        tx,
                        () ->
                                moderation.between(
                                        couldCome.stream()
                                                .map(user ->
                                                        new Moderation.Pair(poll.creator(), user))
                                                .toList()));
        return couldCome.stream()
                .filter(here::contains)
                .filter(user -> !parted.contains(new Moderation.Pair(poll.creator(), user)))
                .toList();
    }

    /// Whom its creator has blocked, or who has blocked him, finds no poll.
    private Poll welcome(Tx tx, Caller caller, Optional<Poll> found) {
        Poll poll = found.orElseThrow(Poll::notFound);
        boolean isParted =
                !poll.creator().equals(caller.user())
                        && !db.joined(
                                        tx,
                                        () ->
                                                moderation.between(
                                                        List.of(
                                                                new Moderation.Pair(
                                                                        caller.user(),
                                                                        poll.creator()))))
                                .isEmpty();
        if (isParted) {
            throw Poll.notFound();
        }
        return poll;
    }

    private Standing standing(Tx tx, Poll poll) {
        List<Poll.Vote> votes = polls.votes(tx, poll.id());
        Set<Id<User>> people = votes.stream().map(Poll.Vote::user).collect(Collectors.toSet());
        people.add(poll.creator());
        return new Standing(
                poll,
                polls.options(tx, poll.id()),
                votes,
                db.joined(tx, () -> identity.people(people)));
    }

    private static String known(String code) {
        if (!code.matches(CODE)) {
            throw Poll.notFound();
        }
        return code;
    }

    /// 96 random bits: nobody comes upon one by trying.
    private String code() {
        byte[] bytes = new byte[CODE_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
