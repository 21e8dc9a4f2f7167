package madang.moderation;

import java.time.Instant;
import java.util.Locale;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.User;
import org.jspecify.annotations.Nullable;

/// Somebody asks the administrators to look at something. Its methods are the rules; `text` (what
/// the reporter says) and `evidence` (what he saw) are null once they are emptied.
public record Report(
        Id<Report> id,
        Id<User> reporter,
        SubjectType subjectType,
        Id<?> subjectId,
        @Nullable Id<?> room,
        @Nullable Id<User> reported,
        Reason reason,
        @Nullable String text,
        @Nullable String evidence,
        Status status,
        @Nullable String note,
        Instant createdAt,
        @Nullable Id<User> decidedBy,
        @Nullable Instant decidedAt) {

    /// The kinds of things that can be reported.
    public enum SubjectType {
        MESSAGE,
        USER,
        ROOM,
        EVENT;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public enum Reason {
        SPAM,
        ABUSE,
        SEXUAL,
        SELF_HARM,
        ILLEGAL,
        OTHER;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Open reports wait; resolved ones had a consequence, dismissed ones needed none.
    public enum Status {
        OPEN,
        RESOLVED,
        DISMISSED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Failure notFound() {
        return Failure.notFound("REPORT_NOT_FOUND");
    }

    static Report made(
            Id<Report> id,
            Caller reporter,
            MakeReport command,
            Reportable.Subject subject,
            Reportable.Evidence seen,
            Instant now) {
        return new Report(
                id,
                reporter.user(),
                subject.type(),
                subject.id(),
                subject.room(),
                seen.author(),
                command.reason(),
                command.text(),
                seen.words(),
                Status.OPEN,
                null,
                now,
                null,
                null);
    }

    /// The report after an administrator's word. What is decided stays so until it is opened again:
    /// of two who decide at once the second one learns that he was late.
    Report decided(Caller admin, DecideReport command, Instant now) {
        if ((status == Status.OPEN) == (command.status() == Status.OPEN)) {
            throw Failure.conflict("REPORT_STATE");
        }
        boolean isOpen = command.status() == Status.OPEN;
        return new Report(
                id,
                reporter,
                subjectType,
                subjectId,
                room,
                reported,
                reason,
                text,
                evidence,
                command.status(),
                command.note(),
                createdAt,
                isOpen ? null : admin.user(),
                isOpen ? null : now);
    }

    /// The same with its words sealed or opened.
    Report withWords(@Nullable String itsText, @Nullable String itsEvidence) {
        return new Report(
                id,
                reporter,
                subjectType,
                subjectId,
                room,
                reported,
                reason,
                itsText,
                itsEvidence,
                status,
                note,
                createdAt,
                decidedBy,
                decidedAt);
    }
}
