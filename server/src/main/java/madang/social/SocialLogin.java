package madang.social;

import org.jspecify.annotations.Nullable;

/// Signing in with the account that somebody has at a vendor (OAuth 2.0, RFC 6749 and RFC 9700).
///
/// Guaranteed by every adapter:
/// - nobody waits longer than 8 seconds for a method, whatever the vendor does: not at all, slowly,
///   without end, in nonsense. All of that is the failure `PROVIDER_UNAVAILABLE` (503), and so is a
///   vendor who refuses our own credentials, which the log is told;
/// - calls in flight are bounded, and a vendor who failed again and again is left alone for some
///   seconds: then the failure comes at once;
/// - what somebody brings that the vendor does not confirm (a code that was used, a token of
///   another app) is `SOCIAL_CODE_REFUSED` (400) or `PROVIDER_TOKEN_INVALID` (401);
/// - no token, code or person stands in a failure or in the log.
///
/// No method may be called inside a transaction, for it waits for a stranger.
public interface SocialLogin {

    Provider provider();

    /// Who vouches: with a subject of his the key of a person for ever.
    String issuer();

    /// Where a browser is sent to ask its user. An address without a host stands on our own.
    String authorizationAddress(Asking asking);

    /// What goes along to the vendor and must come back. `challenge` is the SHA-256 of the verifier
    /// (PKCE, RFC 7636), for vendors who know it. Vendors with a calendar ask for that as well,
    /// where it is wished.
    record Asking(
            String state,
            String nonce,
            String challenge,
            String redirectUri,
            boolean withCalendar) {}

    /// Swaps the code that a browser brought back for the person and his tokens.
    Arrival redeem(Code code);

    /// A code with what was said when it was asked for. Without a nonce the vendor's word over our
    /// own connection is all the proof.
    record Code(
            String code,
            String state,
            String redirectUri,
            @Nullable String nonce,
            @Nullable String verifier) {}

    /// New tokens for an old one. A refresh token that the vendor no longer knows is
    /// `PROVIDER_TOKEN_INVALID`; where the answer has none, the old one stays good.
    Grant refresh(String refreshToken);

    /// Whether this `Authorization` proves that the vendor himself is calling our webhook.
    default boolean isProvenBy(String authorization) {
        return false;
    }

    /// Ends at the vendor what the person allowed us. One that is over already is a success.
    void unlink(String subject, @Nullable Grant grant);
}
