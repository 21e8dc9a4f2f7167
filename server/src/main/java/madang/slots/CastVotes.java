package madang.slots;

import jakarta.validation.constraints.Size;
import java.util.HashSet;
import java.util.List;
import madang.kit.Failure;
import madang.kit.Id;

/// All of one person's answers. What is not named is left open.
public record CastVotes(@Size(max = MakePoll.MOST_OPTIONS) List<Vote> votes) {

    public record Vote(Id<Poll.Option> option, Answer answer) {}

    /// Whether somebody can come.
    public enum Answer {
        YES,
        MAYBE,
        NO
    }

    public CastVotes {
        if (new HashSet<>(votes.stream().map(Vote::option).toList()).size() < votes.size()) {
            throw Failure.invalid("votes", "poll_vote_twice");
        }
    }
}
