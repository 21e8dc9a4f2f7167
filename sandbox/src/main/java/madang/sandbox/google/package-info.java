/// Google Sign-In as a product meets it: OpenID Connect with PKCE, on one address in the place of
/// Google's four. What surprises: a refresh token comes at the first consent and then only for
/// `prompt=consent`; a code holds a slash; scopes come back by their long names; what was unticked
/// lacks without a word; the issuer of security events ends in a slash, that of id_tokens does not.
@NullMarked
package madang.sandbox.google;

import org.jspecify.annotations.NullMarked;
