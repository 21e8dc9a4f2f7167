package madang.moderation;

import java.util.List;
import madang.identity.PersonalData;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Db;
import org.jspecify.annotations.Nullable;

/// Blocks and reports as the rights of people ask for them. Of a report of his or about him stays
/// that there was one; the words go.
final class ModerationData implements PersonalData {
    private final Db db;
    private final BlockStore blocks;
    private final Blocks known;
    private final ReportStore reports;
    private final Moderation moderation;

    ModerationData(
            Db db, BlockStore blocks, Blocks known, ReportStore reports, Moderation moderation) {
        this.db = db;
        this.blocks = blocks;
        this.known = known;
        this.reports = reports;
        this.moderation = moderation;
    }

    @Override
    public String section() {
        return "moderation";
    }

    @Override
    public void export(Id<User> user, Archive archive) {
        archive.put("blocked", db.read(tx -> blocks.page(tx, user, null, Moderation.MOST_BLOCKED)));
        archive.put(
                "reports",
                moderation.reportsOf(user).stream()
                        .map(report ->
                                new OwnReport(ModerationViews.ReportView.of(report), report.text()))
                        .toList());
    }

    /// A report as its maker wrote it.
    record OwnReport(ModerationViews.ReportView report, @Nullable String text) {}

    @Override
    public void erase(Id<User> user) {
        List<Id<User>> changed =
                db.tx(tx -> {
                    reports.forgetOf(tx, user);
                    return blocks.forgetOf(tx, user);
                });
        changed.forEach(known::tell);
    }
}
