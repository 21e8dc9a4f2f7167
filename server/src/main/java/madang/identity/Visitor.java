package madang.identity;

import org.jspecify.annotations.Nullable;

/// Where somebody knocks from: the client's address, the token of a device that was let in before,
/// and what the client says it is.
public record Visitor(String address, @Nullable String deviceToken, String userAgent) {

    String device() {
        return DeviceName.of(userAgent);
    }

    String network() {
        return Networks.of(address);
    }
}
