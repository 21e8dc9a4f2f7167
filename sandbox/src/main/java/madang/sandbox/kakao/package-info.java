/// Kakao Login as a product meets it: the pages of kauth, the tokens, and the user API of kapi, on
/// one address. What surprises: a refresh answers a new refresh token only in the last month of the
/// old one, a child under 14 gets tokens and is refused at the user API, and consent is kept until
/// somebody unlinks.
@NullMarked
package madang.sandbox.kakao;

import org.jspecify.annotations.NullMarked;
