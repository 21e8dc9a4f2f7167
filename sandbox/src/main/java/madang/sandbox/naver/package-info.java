/// Naver Login as a product meets it: plain OAuth 2.0. What surprises: the token endpoint answers
/// its errors with status 200, `expires_in` is a text, and deleting a link is a grant type.
@NullMarked
package madang.sandbox.naver;

import org.jspecify.annotations.NullMarked;
