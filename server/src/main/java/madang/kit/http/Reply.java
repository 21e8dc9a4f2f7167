package madang.kit.http;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// An answer as it goes over the wire: status, headers, bytes, or instead of bytes a stream that
/// begins where they would stand.
@SuppressWarnings("ArrayRecordComponent") // never compared, and written once
public record Reply(
        int status,
        List<ApiResponse.Header> headers,
        byte[] bytes,
        String contentType,
        @Nullable Runnable stream) {
    public static final String JSON = "application/json";

    public Reply(int status, List<ApiResponse.Header> headers, byte[] bytes, String contentType) {
        this(status, headers, bytes, contentType, null);
    }

    /// What a route answered: its own bytes, or its data as the face writes them.
    public static Reply of(ApiResponse response, Supplier<byte[]> written) {
        ApiResponse.@Nullable Raw raw = response.raw();
        boolean isEmpty = response.status() == 101 || response.status() == 204;
        return new Reply(
                response.status(),
                new ArrayList<>(response.headers()),
                raw != null ? raw.bytes() : isEmpty ? new byte[0] : written.get(),
                raw != null ? raw.contentType() : JSON,
                response.stream());
    }

    public static Reply json(int status, byte[] bytes) {
        return new Reply(status, new ArrayList<>(), bytes, JSON);
    }

    public Reply with(String name, String value) {
        headers.add(new ApiResponse.Header(name, value));
        return this;
    }

    boolean isUpgrade() {
        return status == 101;
    }

    @Nullable String header(String name) {
        for (ApiResponse.Header header : headers) {
            if (header.name().equalsIgnoreCase(name)) {
                return header.value();
            }
        }
        return null;
    }
}
