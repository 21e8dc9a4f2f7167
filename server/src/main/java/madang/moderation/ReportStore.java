package madang.moderation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// The table `moderation.report`. Words go in and come out sealed.
final class ReportStore {
    private static final String COLUMNS =
            """
            id, reporter_id, subject_type, subject_id, room_id, reported_id, reason, text,
            evidence, status, note, created_at, decided_by, decided_at
            """;

    /// False where this reporter has reported this thing before.
    boolean add(Tx tx, Report report) {
        return tx.sql(
                        """
                        insert into moderation.report (
                            id, reporter_id, subject_type, subject_id, room_id, reported_id,
                            reason, text, evidence, status, created_at)
                        values (
                            :id, :reporter, :subjectType, :subjectId, :room, :reported,
                            :reason, :text, :evidence, :status, :createdAt)
                        on conflict on constraint report_made_once do nothing
                        """)
                .with("id", report.id())
                .with("reporter", report.reporter())
                .with("subjectType", report.subjectType())
                .with("subjectId", report.subjectId())
                .with("room", report.room())
                .with("reported", report.reported())
                .with("reason", report.reason())
                .with("text", report.text())
                .with("evidence", report.evidence())
                .with("status", report.status())
                .with("createdAt", report.createdAt())
                .changed();
    }

    Optional<Report> of(Tx tx, Id<User> reporter, Reportable.Subject subject) {
        return tx.sql(
                        "select "
                                + COLUMNS
                                + """
                                from moderation.report
                                where reporter_id = :reporter and subject_type = :type
                                  and subject_id = :subject
                                """)
                .with("reporter", reporter)
                .with("type", subject.type())
                .with("subject", subject.id())
                .first(Report.class);
    }

    Optional<Report> lock(Tx tx, Id<Report> id) {
        return tx.sql("select " + COLUMNS + " from moderation.report where id = :id for update")
                .with("id", id)
                .first(Report.class);
    }

    /// The longest-waiting first, behind this one.
    List<Report> page(Tx tx, Report.Status status, @Nullable Id<Report> after, int limit) {
        return tx.sql(
                        "select "
                                + COLUMNS
                                + """
                                from moderation.report
                                where status = :status
                                  and id > coalesce(:after, '00000000-0000-0000-0000-000000000000'::uuid)
                                order by id limit :limit
                                """)
                .with("status", status)
                .with("after", after)
                .with("limit", limit)
                .list(Report.class);
    }

    void decide(Tx tx, Report report) {
        tx.sql(
                        """
                        update moderation.report
                        set status = :status, note = :note, decided_by = :decidedBy,
                            decided_at = :decidedAt
                        where id = :id
                        """)
                .with("id", report.id())
                .with("status", report.status())
                .with("note", report.note())
                .with("decidedBy", report.decidedBy())
                .with("decidedAt", report.decidedAt())
                .count();
    }

    /// All that somebody reported, the first first.
    List<Report> by(Tx tx, Id<User> reporter) {
        return tx.sql(
                        "select "
                                + COLUMNS
                                + " from moderation.report where reporter_id = :reporter order by id")
                .with("reporter", reporter)
                .list(Report.class);
    }

    /// Empties what somebody wrote in reports, and what was kept as evidence of him.
    void forgetOf(Tx tx, Id<User> user) {
        tx.sql(
                        """
                        update moderation.report
                        set text = case when reporter_id = :user then null else text end,
                            evidence = case when reported_id = :user then null else evidence end,
                            note = case when decided_by = :user then null else note end
                        where reporter_id = :user or reported_id = :user or decided_by = :user
                        """)
                .with("user", user)
                .count();
    }

    /// Empties the words of what was decided before this time.
    int forgetWords(Tx tx, Instant before) {
        return tx.sql(
                        """
                        update moderation.report set text = null, evidence = null
                        where decided_at < :before and (text is not null or evidence is not null)
                        """)
                .with("before", before)
                .count();
    }
}
