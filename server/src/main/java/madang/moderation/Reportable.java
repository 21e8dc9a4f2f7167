package madang.moderation;

import java.util.Optional;
import madang.kit.Caller;
import madang.kit.Id;
import madang.kit.User;
import org.jspecify.annotations.Nullable;

/// The eye that a feature lends for the things of its own that people may report.
public interface Reportable {

    /// What the caller sees there now; empty where there is nothing, or nothing for his eyes.
    Optional<Evidence> seenBy(Caller caller, Subject subject);

    /// Which thing is meant. Things that are found by their room name it.
    record Subject(Report.SubjectType type, Id<?> id, @Nullable Id<?> room) {}

    /// What was reported, as it was: whose it is (nobody's, where the house said it) and its words.
    record Evidence(@Nullable Id<User> author, String words) {}
}
