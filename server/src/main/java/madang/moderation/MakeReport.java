package madang.moderation;

import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.json.CodePoints;
import org.jspecify.annotations.Nullable;

/// What somebody asks who reports something. A message is found by its room, so it names that.
public record MakeReport(
        Report.SubjectType subjectType,
        Id<?> subjectId,
        @Nullable String room,
        Report.Reason reason,
        @CodePoints(max = 2_000) @Nullable String text) {

    public MakeReport {
        if (subjectType == Report.SubjectType.MESSAGE && room == null) {
            throw Failure.invalid("room", "required");
        }
    }

    /// A room that is no id is a thing that is not there.
    Reportable.Subject subject() {
        Id<?> place = Id.parse(room);
        if (room != null && place == null) {
            throw Moderation.subjectNotFound();
        }
        return new Reportable.Subject(subjectType, subjectId, place);
    }
}
