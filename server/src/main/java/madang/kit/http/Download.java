package madang.kit.http;

import java.io.InputStream;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import madang.kit.Failure;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/// Something of a known size that never changes under its `version`, sent whole, in part (RFC 9110
/// §14), or not at all to who has it already (§13).
public record Download(String version, String contentType, long size, Opener opener) {
    /// One range; who asks for several gets the whole.
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /// Opens so many bytes from a place on.
    public interface Opener {
        InputStream open(long from, long length);
    }

    private record Range(long from, long length) {}

    public ApiResponse answer(ApiRequest request) {
        String tag = "\"" + version + "\"";
        if (names(request.header("If-None-Match"), tag)) {
            return ApiResponse.raw(304, contentType, new byte[0]).header("ETag", tag);
        }
        @Nullable Range range = range(request, tag);
        ApiResponse answer =
                range == null
                        ? flowing(request, 200, new Range(0, size))
                        : flowing(request, 206, range)
                                .header("Content-Range", "bytes " + shown(range));
        return answer.header("ETag", tag).header("Accept-Ranges", "bytes");
    }

    /// The bytes flow from where they lie to the client as fast as he reads, and hold no thread
    /// while he does not.
    private ApiResponse flowing(ApiRequest request, int status, Range range) {
        ApiResponse answer =
                request.method().equals("HEAD")
                        ? ApiResponse.raw(status, contentType, new byte[0])
                        : flowing(request, status, opener.open(range.from(), range.length()));
        return answer.header("Content-Length", Long.toString(range.length()));
    }

    private ApiResponse flowing(ApiRequest request, int status, InputStream bytes) {
        return ApiResponse.stream(
                status,
                contentType,
                () ->
                        Content.copy(
                                Content.Source.from(bytes),
                                request.jettyResponse(),
                                request.jettyCallback()));
    }

    private static boolean names(@Nullable String header, String tag) {
        if (header == null) {
            return false;
        }
        for (String named : header.split(",", -1)) {
            String strong = named.strip().replaceFirst("^W/", "");
            if (strong.equals(tag) || strong.equals("*")) {
                return true;
            }
        }
        return false;
    }

    /// The range that is asked for and can be given; null for the whole, as also where the header
    /// cannot be read or speaks of another version.
    private @Nullable Range range(ApiRequest request, String tag) {
        @Nullable String header = request.header("Range");
        @Nullable String onlyIf = request.header("If-Range");
        if (header == null || (onlyIf != null && !onlyIf.equals(tag))) {
            return null;
        }
        Matcher asked = RANGE.matcher(header.replace(" ", ""));
        if (!asked.matches() || asked.group(1).length() + asked.group(2).length() == 0) {
            return null;
        }
        return asked.group(1).isEmpty()
                ? last(Long.parseLong(asked.group(2)))
                : between(Long.parseLong(asked.group(1)), asked.group(2));
    }

    private Range last(long count) {
        long length = Math.min(count, size);
        return satisfiable(length > 0, new Range(size - length, length));
    }

    private @Nullable Range between(long first, String lastText) {
        long last = lastText.isEmpty() ? size - 1 : Math.min(Long.parseLong(lastText), size - 1);
        if (!lastText.isEmpty() && Long.parseLong(lastText) < first) {
            return null;
        }
        return satisfiable(first < size, new Range(first, last - first + 1));
    }

    private Range satisfiable(boolean isIt, Range range) {
        if (!isIt) {
            throw Failure.of(Failure.Kind.RANGE_NOT_SATISFIABLE, "RANGE_NOT_SATISFIABLE")
                    .with(Map.of("size", size));
        }
        return range;
    }

    private String shown(Range range) {
        return range.from() + "-" + (range.from() + range.length() - 1) + "/" + size;
    }
}
