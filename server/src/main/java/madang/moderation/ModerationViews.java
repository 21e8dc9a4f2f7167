package madang.moderation;

import java.time.Instant;
import madang.identity.UserView;
import madang.kit.Id;
import org.jspecify.annotations.Nullable;

/// What moderation shows on the wire; the names of the components are the names of the members.
public final class ModerationViews {

    public record BlockView(UserView user, Instant createdAt) {}

    /// A report as its maker sees it.
    public record ReportView(
            Id<Report> id,
            Report.SubjectType subjectType,
            Id<?> subjectId,
            @Nullable Id<?> room,
            Report.Reason reason,
            Report.Status status,
            Instant createdAt) {
        static ReportView of(Report report) {
            return new ReportView(
                    report.id(),
                    report.subjectType(),
                    report.subjectId(),
                    report.room(),
                    report.reason(),
                    report.status(),
                    report.createdAt());
        }
    }

    /// A report as administrators see it. `evidence` is what was reported, as it was then.
    public record ReportCaseView(
            Id<Report> id,
            Report.SubjectType subjectType,
            Id<?> subjectId,
            @Nullable Id<?> room,
            Report.Reason reason,
            @Nullable String text,
            @Nullable String evidence,
            @Nullable UserView reported,
            @Nullable UserView reporter,
            Report.Status status,
            @Nullable String note,
            Instant createdAt,
            @Nullable UserView decidedBy,
            @Nullable Instant decidedAt) {}

    private ModerationViews() {}
}
