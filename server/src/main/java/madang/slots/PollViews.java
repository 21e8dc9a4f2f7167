package madang.slots;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import madang.events.Event;
import madang.identity.UserView;
import madang.kit.Id;
import madang.kit.User;
import madang.slots.CastVotes.Answer;
import org.jspecify.annotations.Nullable;

/// What people are shown of polls; the names of the components are the names of the members.
final class PollViews {

    /// @param eventId what came of it; null while it is open
    record PollView(
            String code,
            String title,
            @Nullable String description,
            @Nullable String location,
            Id<User> creatorId,
            @Nullable UserView creator,
            List<OptionView> options,
            List<VoterView> voters,
            boolean isClosed,
            @Nullable Id<Event> eventId,
            Instant createdAt) {

        static PollView of(Polls.Standing standing, Id<User> reader) {
            Poll poll = standing.poll();
            return new PollView(
                    poll.code(),
                    poll.title(),
                    poll.description(),
                    poll.location(),
                    poll.creator(),
                    standing.people().get(poll.creator()),
                    standing.options().stream()
                            .map(option -> OptionView.of(option, standing.votes(), reader))
                            .toList(),
                    voters(standing),
                    poll.event() != null,
                    poll.event(),
                    poll.createdAt());
        }

        private static List<VoterView> voters(Polls.Standing standing) {
            Map<Id<User>, List<VoteView>> byUser = new LinkedHashMap<>();
            standing.votes()
                    .forEach(vote ->
                            byUser.computeIfAbsent(vote.user(), _ -> new ArrayList<>())
                                    .add(new VoteView(vote.option(), vote.answer())));
            return byUser.entrySet().stream()
                    .map(voter ->
                            new VoterView(
                                    voter.getKey(),
                                    standing.people().get(voter.getKey()),
                                    voter.getValue()))
                    .toList();
        }
    }

    /// A time, how many can come, and what the reader said.
    record OptionView(
            Id<Poll.Option> id,
            Instant startTime,
            Instant endTime,
            int yes,
            int maybe,
            int no,
            @Nullable Answer myAnswer) {

        static OptionView of(Poll.Option option, List<Poll.Vote> votes, Id<User> reader) {
            List<Poll.Vote> its =
                    votes.stream().filter(vote -> vote.option().equals(option.id())).toList();
            return new OptionView(
                    option.id(),
                    option.startTime(),
                    option.endTime(),
                    count(its, Answer.YES),
                    count(its, Answer.MAYBE),
                    count(its, Answer.NO),
                    its.stream()
                            .filter(vote -> vote.user().equals(reader))
                            .map(Poll.Vote::answer)
                            .findAny()
                            .orElse(null));
        }

        private static int count(List<Poll.Vote> votes, Answer answer) {
            return (int) votes.stream().filter(vote -> vote.answer() == answer).count();
        }
    }

    record VoterView(Id<User> id, @Nullable UserView user, List<VoteView> votes) {}

    record VoteView(Id<Poll.Option> option, Answer answer) {}

    /// A poll in the list of its creator.
    record MyPollView(
            String code,
            String title,
            boolean isClosed,
            @Nullable Id<Event> eventId,
            Instant createdAt) {
        static MyPollView of(Poll poll) {
            return new MyPollView(
                    poll.code(),
                    poll.title(),
                    poll.event() != null,
                    poll.event(),
                    poll.createdAt());
        }
    }

    private PollViews() {}
}
