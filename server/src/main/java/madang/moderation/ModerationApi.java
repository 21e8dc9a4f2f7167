package madang.moderation;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import madang.identity.Identity;
import madang.identity.UserView;
import madang.kit.Cursor;
import madang.kit.Id;
import madang.kit.Page;
import madang.kit.User;
import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Limit;
import madang.kit.http.Param;
import madang.kit.http.Routes;
import madang.moderation.ModerationViews.BlockView;
import madang.moderation.ModerationViews.ReportCaseView;
import madang.moderation.ModerationViews.ReportView;
import org.jspecify.annotations.Nullable;

/// Blocks and reports over HTTP.
final class ModerationApi {
    private static final String BLOCKS = "/api/v1/users/me/blocks";
    private static final String QUEUE = "/api/v1/admin/reports";
    private static final Param<Report.Status> STATUS =
            Param.choice("status", Report.Status.class, Report.Status.OPEN);

    private final Moderation moderation;
    private final Identity identity;

    ModerationApi(Moderation moderation, Identity identity) {
        this.moderation = moderation;
        this.identity = identity;
    }

    void routes(Routes routes) {
        routes.put(BLOCKS + "/{user}", Access.USER, Limit.API, this::block)
                .summary("Hear nothing more from somebody")
                .answers(201, BlockView.class);
        routes.delete(BLOCKS + "/{user}", Access.USER, Limit.API, this::unblock)
                .summary("Let somebody be heard again");
        routes.get(BLOCKS, Access.USER, Limit.API, this::blocks)
                .summary("Whom I have blocked, the latest first")
                .answersPage(BlockView.class);
        // Who reports what is its own key: the same thing again is the first report.
        routes.post("/api/v1/reports", Access.USER, Limit.REPORT, MakeReport.class, this::report)
                .summary("Ask the administrators to look at something")
                .keyedByItself()
                .answers(201, ReportView.class);
        routes.get(QUEUE, Access.ADMIN, Limit.API, this::queue)
                .summary("Reports, the longest-waiting first")
                .takes(STATUS)
                .answersPage(ReportCaseView.class);
        routes.patch(QUEUE + "/{report}", Access.ADMIN, Limit.API, DecideReport.class, this::decide)
                .summary("Decide about a report, or open it again")
                .answers(200, ReportCaseView.class);
    }

    private ApiResponse block(ApiRequest request) {
        Moderation.Blocked blocked = moderation.block(request.caller(), user(request));
        return ApiResponse.of(
                blocked.isNew() ? 201 : 200, views(List.of(blocked.block())).getFirst());
    }

    private ApiResponse unblock(ApiRequest request) {
        moderation.unblock(request.caller(), user(request));
        return ApiResponse.done("ok.unblocked");
    }

    private ApiResponse blocks(ApiRequest request) {
        @Nullable Cursor cursor = Cursor.of(request.get(Param.CURSOR));
        Page<BlockStore.Block> page =
                moderation.blocks(
                        request.caller(),
                        cursor == null
                                ? null
                                : new BlockStore.Block(cursor.id(1), cursor.instant(0)),
                        request.require(Param.LIMIT));
        return ApiResponse.ok(new Page<>(views(page.items()), page.nextCursor()));
    }

    private ApiResponse report(ApiRequest request, MakeReport command) {
        Moderation.Made made = moderation.report(request.caller(), command);
        return ApiResponse.of(made.isNew() ? 201 : 200, ReportView.of(made.report()));
    }

    private ApiResponse queue(ApiRequest request) {
        @Nullable Cursor cursor = Cursor.of(request.get(Param.CURSOR));
        Page<Report> page =
                moderation.reports(
                        request.require(STATUS),
                        cursor == null ? null : cursor.id(0),
                        request.require(Param.LIMIT));
        return ApiResponse.ok(new Page<>(cases(page.items()), page.nextCursor()));
    }

    private ApiResponse decide(ApiRequest request, DecideReport command) {
        Report decided =
                moderation.decide(
                        request.caller(), request.id("report", "REPORT_NOT_FOUND"), command);
        return ApiResponse.ok(cases(List.of(decided)).getFirst());
    }

    private List<BlockView> views(List<BlockStore.Block> blocks) {
        Map<Id<User>, UserView> people =
                identity.people(blocks.stream().map(BlockStore.Block::user).toList());
        return blocks.stream()
                .flatMap(block ->
                        Optional.ofNullable(people.get(block.user())).stream()
                                .map(user -> new BlockView(user, block.at())))
                .toList();
    }

    private List<ReportCaseView> cases(List<Report> reports) {
        Map<Id<User>, UserView> people = identity.people(people(reports));
        return reports.stream().map(report -> view(report, people)).toList();
    }

    private static Set<Id<User>> people(Collection<Report> reports) {
        Set<Id<User>> people = new HashSet<>();
        for (Report report : reports) {
            Stream.of(report.reporter(), report.reported(), report.decidedBy())
                    .flatMap(Stream::ofNullable)
                    .forEach(people::add);
        }
        return people;
    }

    private static ReportCaseView view(Report report, Map<Id<User>, UserView> people) {
        return new ReportCaseView(
                report.id(),
                report.subjectType(),
                report.subjectId(),
                report.room(),
                report.reason(),
                report.text(),
                report.evidence(),
                of(report.reported(), people),
                of(report.reporter(), people),
                report.status(),
                report.note(),
                report.createdAt(),
                of(report.decidedBy(), people),
                report.decidedAt());
    }

    private static @Nullable UserView of(@Nullable Id<User> user, Map<Id<User>, UserView> people) {
        return user == null ? null : people.get(user);
    }

    private static Id<User> user(ApiRequest request) {
        return request.id("user", "USER_NOT_FOUND");
    }
}
