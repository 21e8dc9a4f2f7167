package madang.sandbox.google;

import org.jspecify.annotations.Nullable;

/// Somebody with a Google account.
///
/// @param domain of a Workspace account, which Google calls `hd`
record GoogleUser(
        String key,
        String sub,
        String email,
        boolean isEmailVerified,
        String name,
        @Nullable String domain) {

    String picture() {
        return "https://google.example/a/" + key + "=s96-c";
    }
}
