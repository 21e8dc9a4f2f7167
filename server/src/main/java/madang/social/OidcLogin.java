package madang.social;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A vendor who signs what he says (OpenID Connect), so that our own apps on phones can bring what
/// he told them, and he can tell us on his own what became of an account.
public interface OidcLogin extends SocialLogin {

    /// The person that an app's tokens prove. Every one of them must have been given to an app of
    /// ours and name the same person, else `PROVIDER_TOKEN_INVALID`.
    Arrival arrival(NativeTokens tokens);

    /// What an app of ours got from the vendor's library on the phone: an ID token, an access
    /// token, or both. A nonce is compared where the app tells the one that it asked with.
    record NativeTokens(
            @Nullable String idToken,
            @Nullable String nonce,
            @Nullable String accessToken,
            @Nullable String refreshToken) {}

    /// A security event token (RFC 8417) that the vendor has signed for us; anything else is
    /// `PROVIDER_TOKEN_INVALID`.
    VendorEvent event(String token);

    /// What became of an account at the vendor. Types are the last words of the events' URIs, as
    /// `user-unlinked`; without a subject it is about no account of his.
    record VendorEvent(
            String issuer, String id, Instant at, Set<String> types, @Nullable String subject) {}
}
