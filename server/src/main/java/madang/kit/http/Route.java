package madang.kit.http;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One row of the route table: everything that router, filters, document, metrics and tests know of
/// a route.
public final class Route {
    /// `{room}` takes one segment of a path, `{file...}` all that is left.
    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)(?:\\.\\.\\.)?}");

    interface Answering {
        ApiResponse answer(ApiRequest request);
    }

    private final String method;
    private final String path;
    private final Access access;
    private final Limit limit;
    private final @Nullable Class<? extends Record> body;
    private final Answering answering;
    private final @Nullable Face face;
    private final boolean isOwn;
    private final List<String> placeNames;
    private final List<Param<?>> params = new ArrayList<>();
    private String summary = "";
    private int status = 200;
    private @Nullable Class<?> answer;
    private boolean isPage;
    private boolean answersSecrets;
    private boolean isKeyedByItself;
    private boolean isOutside;
    private boolean isHidden;
    private boolean isBodyOptional;
    private boolean isProbe;
    private boolean isForOperators;
    private boolean isEverywhere;
    private boolean isUpload;

    Route(
            String method,
            String path,
            Access access,
            Limit limit,
            @Nullable Class<? extends Record> body,
            Answering answering,
            @Nullable Face face,
            boolean isOwn) {
        this.method = method;
        this.path = path;
        this.access = access;
        this.limit = limit;
        this.body = body;
        this.answering = answering;
        this.face = face;
        this.isOwn = isOwn;
        this.placeNames = PLACE.matcher(path).results().map(place -> place.group(1)).toList();
    }

    /// What it does, in one line, for the document.
    public Route summary(String line) {
        summary = line;
        return this;
    }

    /// The status and the type of `data` of a good answer.
    public Route answers(int goodStatus, Class<?> type) {
        status = goodStatus;
        answer = type;
        return this;
    }

    /// As `answers`, a keyset page of them.
    public Route answersPage(Class<?> item) {
        isPage = true;
        return answers(200, item).takes(Param.LIMIT, Param.CURSOR);
    }

    /// As `answersPage`, with parameters of its own.
    public Route answersListOf(Class<?> item) {
        isPage = true;
        return answers(200, item);
    }

    public Route takes(Param<?>... more) {
        params.addAll(List.of(more));
        return this;
    }

    /// Its answer holds secrets, which are never stored: it ignores `Idempotency-Key`.
    public Route answersSecrets() {
        answersSecrets = true;
        return this;
    }

    /// It has a key of its own in its body (`client_key`): `Idempotency-Key` is another spelling of
    /// it and stores no answer.
    public Route keyedByItself() {
        isKeyedByItself = true;
        return this;
    }

    /// Its effect lies outside our transaction: an `Idempotency-Key` is kept as an attempt, which a
    /// crash leaves open for a second try after a minute.
    public Route outside() {
        isOutside = true;
        return this;
    }

    /// No body is as good as an empty one.
    public Route bodyOptional() {
        isBodyOptional = true;
        return this;
    }

    /// Left out of the document: pages and their files.
    public Route hidden() {
        isHidden = true;
        return this;
    }

    /// Its body is a form that brings a file, and is read by the route itself (see [Uploads]).
    Route upload() {
        isUpload = true;
        return keyedByItself();
    }

    /// Asked by machines that watch over this one: over plain HTTP too, and at the management
    /// address.
    Route probe() {
        isProbe = true;
        return forOperators();
    }

    /// Answered at the management address as well.
    Route forOperators() {
        isForOperators = true;
        return this;
    }

    /// Answered at every address, those of dialects included.
    public Route everywhere() {
        isEverywhere = true;
        return this;
    }

    public String method() {
        return method;
    }

    public String path() {
        return path;
    }

    public Access access() {
        return access;
    }

    public Limit limit() {
        return limit;
    }

    public boolean isHidden() {
        return isHidden;
    }

    /// The dialect that it is spoken in; null where it is native.
    @Nullable Face face() {
        return face;
    }

    /// Whether only the addresses of its face have it.
    boolean isOwn() {
        return isOwn;
    }

    /// The names of its places, in the order of its path.
    List<String> placeNames() {
        return placeNames;
    }

    boolean isEverywhere() {
        return isEverywhere;
    }

    @Nullable Class<? extends Record> body() {
        return body;
    }

    boolean isProbe() {
        return isProbe;
    }

    boolean isForOperators() {
        return isForOperators || access == Access.OPERATOR;
    }

    boolean isUpload() {
        return isUpload;
    }

    boolean isBodyOptional() {
        return isBodyOptional;
    }

    List<Param<?>> params() {
        return params;
    }

    String summary() {
        return summary;
    }

    int status() {
        return status;
    }

    @Nullable Class<?> answer() {
        return answer;
    }

    boolean isPage() {
        return isPage;
    }

    boolean takesIdempotencyKey() {
        return isUnsafe()
                && face == null
                && access != Access.PUBLIC
                && !answersSecrets
                && !isKeyedByItself;
    }

    boolean isOutside() {
        return isOutside;
    }

    boolean isUnsafe() {
        return !method.equals("GET");
    }

    ApiResponse answer(ApiRequest request) {
        return answering.answer(request);
    }

    /// `GET /rooms/{id}`; with its face in front of the path where only that has it.
    @Override
    public String toString() {
        return method + " " + (face != null && isOwn ? face.name() + ":" : "") + path;
    }
}
