/// What every stand-in is built of: the rows of a vendor, the fields of a request, a refusal in the
/// vendor's words, a page, secrets and keys. Knows no vendor.
@NullMarked
package madang.sandbox.stand;

import org.jspecify.annotations.NullMarked;
