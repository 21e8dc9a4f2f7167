package madang.kit.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An answer as it goes over the wire: status, headers, bytes.
record Reply(int status, List<ApiResponse.Header> headers, byte[] bytes, String contentType) {
    static final String JSON = "application/json";

    Reply with(String name, String value) {
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
