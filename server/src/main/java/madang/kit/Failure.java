package madang.kit;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The one way to refuse: a stable code for programs, put into a sentence for people where it is
/// rendered. The sentence of code `X` is the text `error.X`; `args` fill its places.
public final class Failure extends RuntimeException {

    /// What went wrong, as HTTP tells it (RFC 9110 §15.5); a dialect maps it to its own words.
    public enum Kind {
        MALFORMED(400),
        UNAUTHENTICATED(401),
        FORBIDDEN(403),
        NOT_FOUND(404),
        METHOD_NOT_ALLOWED(405),
        TIMEOUT(408),
        CONFLICT(409),
        GONE(410),
        PRECONDITION_FAILED(412),
        TOO_LARGE(413),
        UNSUPPORTED_MEDIA_TYPE(415),
        RANGE_NOT_SATISFIABLE(416),
        INVALID(422),
        UPGRADE_REQUIRED(426),
        RATE_LIMITED(429),
        BROKEN(500),
        UNAVAILABLE(503),
        STORAGE_FULL(507);

        private final int status;

        Kind(int status) {
            this.status = status;
        }

        public int status() {
            return status;
        }
    }

    private static final Long SOON_SECONDS = 1L;

    private final Kind kind;
    private final String code;
    private final Object[] args;
    private final Map<String, Object> details;

    private Failure(
            Kind kind,
            String code,
            Object[] args,
            Map<String, Object> details,
            @Nullable Throwable cause) {
        super(code, cause, false, false);
        this.kind = kind;
        this.code = code;
        this.args = args;
        this.details = details;
    }

    public static Failure of(Kind kind, String code, Object... args) {
        return new Failure(kind, code, args, Map.of(), null);
    }

    public static Failure unauthenticated(String code) {
        return of(Kind.UNAUTHENTICATED, code);
    }

    public static Failure notFound(String code) {
        return of(Kind.NOT_FOUND, code);
    }

    public static Failure conflict(String code, Object... args) {
        return of(Kind.CONFLICT, code, args);
    }

    /// The caller sees the thing and may not do this to it.
    public static Failure forbidden() {
        return of(Kind.FORBIDDEN, "PERMISSION_DENIED");
    }

    public static Failure unavailable() {
        return of(Kind.UNAVAILABLE, "SERVICE_UNAVAILABLE");
    }

    /// The same because of a fault that the log may want to know.
    public static Failure unavailable(Throwable cause) {
        return new Failure(Kind.UNAVAILABLE, "SERVICE_UNAVAILABLE", new Object[0], Map.of(), cause);
    }

    /// A disk that does not take what it is given: full (the JDK tells that in the words of the C
    /// library alone), or broken.
    public static Failure storage(IOException cause) {
        String why = String.valueOf(cause.getMessage());
        return why.contains("No space left") || why.contains("quota exceeded")
                ? storageFull()
                : unavailable(cause);
    }

    public static Failure storageFull() {
        return of(Kind.STORAGE_FULL, "STORAGE_FULL");
    }

    /// One wrong field; its sentence is the text `invalid.<reason>`.
    public static Failure invalid(String field, String reason, Object... args) {
        return invalid(Map.of(field, Text.of("invalid." + reason, args)));
    }

    /// Every wrong field of a body at once: path → sentence.
    public static Failure invalid(Map<String, Text> violations) {
        return of(Kind.INVALID, "VALIDATION_ERROR").with(violations);
    }

    /// This failure with more details. Values may be `Text`, which is put into words when rendered.
    public Failure with(Map<String, ?> more) {
        Map<String, Object> all = new LinkedHashMap<>(details);
        all.putAll(more);
        return new Failure(kind, code, args, all, getCause());
    }

    public Kind kind() {
        return kind;
    }

    public int status() {
        return kind.status();
    }

    public String code() {
        return code;
    }

    public Object[] args() {
        return args;
    }

    public Map<String, Object> details() {
        return details;
    }

    /// How long to wait before trying again, in whole seconds: what the failure knows, and soon
    /// where something is away or overrun, which nobody knows how long. Null: it makes no sense.
    public @Nullable Long retryAfterSeconds() {
        if (details.get("retry_after") instanceof Long seconds) {
            return seconds;
        }
        return kind == Kind.UNAVAILABLE ? SOON_SECONDS : null;
    }
}
