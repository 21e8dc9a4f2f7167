package madang.rights;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import madang.identity.Staff;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.Language;
import madang.kit.Page;
import madang.kit.Texts;
import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Download;
import madang.kit.http.Limit;
import madang.kit.http.Routes;
import madang.rights.ConsentStore.Standing;
import madang.rights.RightsStore.Export;
import org.jspecify.annotations.Nullable;

/// What people ask for about themselves, over HTTP.
final class RightsApi {
    private static final String CONSENTS = "/api/v1/consents";
    private static final String EXPORT = "/api/v1/users/me/export";

    /// What somebody is asked to agree to, in the words that the law asks for, and what he said.
    /// `granted` says whether he has agreed to what holds today; `decided_version` is the one that
    /// his last word was about.
    record ConsentView(
            ConsentKind kind,
            String version,
            boolean required,
            String title,
            String purpose,
            String items,
            String period,
            String refusal,
            @Nullable String url,
            boolean granted,
            @Nullable String decidedVersion,
            @Nullable Instant decidedAt) {}

    /// `url` is where it can be fetched once it is ready.
    record ExportView(
            State state,
            Instant requestedAt,
            @Nullable Instant readyAt,
            @Nullable Instant expiresAt,
            @Nullable Long size,
            @Nullable String url) {
        enum State {
            BEING_MADE,
            READY;

            @Override
            public String toString() {
                return name().toLowerCase(Locale.ROOT);
            }
        }

        static ExportView of(Export export) {
            return new ExportView(
                    export.isReady() ? State.READY : State.BEING_MADE,
                    export.requestedAt(),
                    export.readyAt(),
                    export.expiresAt(),
                    export.size(),
                    export.isReady() ? EXPORT + "/file" : null);
        }
    }

    private final Rights rights;
    private final Consents consents;
    private final Texts texts;

    RightsApi(Rights rights, Consents consents, Texts texts) {
        this.rights = rights;
        this.consents = consents;
        this.texts = texts;
    }

    void routes(Routes routes) {
        routes.get(CONSENTS, Access.PUBLIC, Limit.API, this::consents)
                .summary("What people are asked to agree to, and what I have said, all on one page")
                .answersListOf(ConsentView.class);
        routes.put(
                        "/api/v1/users/me/consents/{kind}",
                        Access.USER,
                        Limit.API,
                        DecideConsent.class,
                        this::decide)
                .summary("Say yes or no to a version of a document")
                .answers(200, ConsentView.class);
        routes.post(
                        "/api/v1/admin/consents",
                        Access.ADMIN,
                        Limit.API,
                        PublishDocument.class,
                        this::publish)
                .summary("Publish a new version of what people are asked to agree to")
                .answers(201, PublishDocument.class);
        routes.post(EXPORT, Access.USER, Limit.EXPORT, this::requestExport)
                .summary("Ask for everything that is kept of me, as a ZIP file")
                .answers(202, ExportView.class);
        routes.get(EXPORT, Access.USER, Limit.API, this::export)
                .summary("How far my export is")
                .answers(200, ExportView.class);
        routes.get(EXPORT + "/file", Access.USER, Limit.API, this::download)
                .summary("Fetch my export");
        // Its body holds a secret: not even a hash of it is kept for an Idempotency-Key.
        routes.delete(
                        "/api/v1/users/me",
                        Access.USER,
                        Limit.API,
                        WithdrawAccount.class,
                        this::withdraw)
                .summary("Withdraw: out at once, back by signing in, erased when the grace is over")
                .bodyOptional()
                .answersSecrets();
    }

    private ApiResponse consents(ApiRequest request) {
        List<ConsentView> all =
                consents.all(request.caller()).stream()
                        .map(standing -> view(request.language(), standing))
                        .toList();
        return ApiResponse.ok(new Page<>(all, null));
    }

    private ApiResponse decide(ApiRequest request, DecideConsent command) {
        Standing standing = consents.decide(request.caller(), kind(request.place("kind")), command);
        return ApiResponse.ok(view(request.language(), standing));
    }

    private ApiResponse publish(ApiRequest request, PublishDocument document) {
        consents.publish(Staff.of(request), document);
        return ApiResponse.created(document);
    }

    private ApiResponse requestExport(ApiRequest request) {
        return ApiResponse.of(202, ExportView.of(rights.requestExport(request.caller())));
    }

    private ApiResponse export(ApiRequest request) {
        return ApiResponse.ok(ExportView.of(rights.export(request.caller())));
    }

    private ApiResponse download(ApiRequest request) {
        Export export = rights.export(request.caller());
        if (export.size() == null) {
            throw Failure.notFound("EXPORT_NOT_FOUND");
        }
        return new Download(
                        export.blob().toString(),
                        "application/zip",
                        export.size(),
                        (from, length) -> rights.open(export, from, length))
                .answer(request)
                .header("Content-Disposition", "attachment; filename=\"madang-export.zip\"")
                .header("Cache-Control", "no-store");
    }

    private ApiResponse withdraw(ApiRequest request, WithdrawAccount command) {
        if (!(request.caller() instanceof Caller.Member member)) {
            throw Failure.unauthenticated("AUTH_TOKEN_MISSING");
        }
        rights.withdraw(member, command);
        return ApiResponse.done(rights.grace().isZero() ? "ok.withdrawn" : "ok.withdrawn_for_now");
    }

    private ConsentView view(Language language, Standing standing) {
        String about = "consent." + standing.kind() + ".";
        return new ConsentView(
                standing.kind(),
                standing.version(),
                standing.kind().isRequired(),
                texts.say(language, about + "title"),
                texts.say(language, about + "purpose"),
                texts.say(language, about + "items"),
                texts.say(language, about + "period"),
                texts.say(language, about + "refusal"),
                standing.url(),
                standing.holds(),
                standing.decidedVersion(),
                standing.decidedAt());
    }

    private static ConsentKind kind(String word) {
        return ConsentKind.of(word).orElseThrow(() -> Failure.notFound("CONSENT_NOT_FOUND"));
    }
}
