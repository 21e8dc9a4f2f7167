package madang.kit.http;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import madang.kit.Failure;
import org.jspecify.annotations.Nullable;

/// What a client believes a thing to be that it is about to change (RFC 9110 §13.1.1): one of these
/// entity tags, or anything at all. A weak tag fits nothing.
public record IfMatch(boolean isAny, Set<String> tags) {
    /// Whatever it is now.
    public static final IfMatch ANY = new IfMatch(true, Set.of());

    public static IfMatch of(ApiRequest request) {
        return of(request.header("If-Match"));
    }

    static IfMatch of(@Nullable String header) {
        return header == null || header.strip().equals("*")
                ? ANY
                : new IfMatch(
                        false,
                        Arrays.stream(header.split(",", -1))
                                .map(String::strip)
                                .collect(Collectors.toSet()));
    }

    /// Refuses who does not know that it is something else by now: `PRECONDITION_FAILED`.
    public void require(String etag) {
        if (!isAny && !tags.contains(etag)) {
            throw Failure.of(Failure.Kind.PRECONDITION_FAILED, "PRECONDITION_FAILED");
        }
    }
}
