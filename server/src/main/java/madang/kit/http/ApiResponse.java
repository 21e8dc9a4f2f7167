package madang.kit.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import madang.kit.Text;
import org.jspecify.annotations.Nullable;

/// What a route answers: the thing itself and a status. The envelope is put on where it is
/// rendered, so a feature knows no wire format.
public final class ApiResponse {
    public record Header(String name, String value) {}

    /// Bytes that go out as they are: pages, files, metrics, the document.
    record Raw(byte[] bytes, String contentType) {}

    private final int status;
    private final @Nullable Object data;
    private final Text message;
    private final @Nullable Raw raw;
    private final @Nullable Runnable stream;
    private final List<Header> headers = new ArrayList<>(2);

    private ApiResponse(int status, @Nullable Object data, Text message, @Nullable Raw raw) {
        this(status, data, message, raw, null);
    }

    private ApiResponse(
            int status,
            @Nullable Object data,
            Text message,
            @Nullable Raw raw,
            @Nullable Runnable stream) {
        this.status = status;
        this.data = data;
        this.message = message;
        this.raw = raw;
        this.stream = stream;
    }

    public static ApiResponse of(int status, @Nullable Object data) {
        return new ApiResponse(status, data, Text.of("ok." + status), null);
    }

    public static ApiResponse ok(@Nullable Object data) {
        return of(200, data);
    }

    public static ApiResponse created(Object data) {
        return of(201, data);
    }

    /// Nothing to tell but that it is done: `data:null` and this sentence.
    public static ApiResponse done(String messageKey) {
        return new ApiResponse(200, null, Text.of(messageKey), null);
    }

    /// It is done: the thing as it is now, and this sentence.
    public static ApiResponse done(String messageKey, Object data) {
        return new ApiResponse(200, data, Text.of(messageKey), null);
    }

    public static ApiResponse raw(int status, String contentType, byte[] bytes) {
        return new ApiResponse(status, null, Text.of("ok.200"), new Raw(bytes, contentType));
    }

    public static ApiResponse raw(String contentType, String text) {
        return raw(200, contentType, text.getBytes(StandardCharsets.UTF_8));
    }

    /// The connection is a socket from now on; nothing is left to write.
    public static ApiResponse upgraded() {
        return new ApiResponse(101, null, Text.of("ok.200"), null);
    }

    /// A head of this type is ready to be sent when `begin` runs; from then on it writes to the
    /// response, and completes it, in its own time.
    public static ApiResponse stream(String contentType, Runnable begin) {
        return stream(200, contentType, begin);
    }

    static ApiResponse stream(int status, String contentType, Runnable begin) {
        return new ApiResponse(
                status, null, Text.of("ok.200"), new Raw(new byte[0], contentType), begin);
    }

    public ApiResponse header(String name, String value) {
        headers.add(new Header(name, value));
        return this;
    }

    int status() {
        return status;
    }

    public @Nullable Object data() {
        return data;
    }

    Text message() {
        return message;
    }

    @Nullable Raw raw() {
        return raw;
    }

    @Nullable Runnable stream() {
        return stream;
    }

    List<Header> headers() {
        return headers;
    }
}
