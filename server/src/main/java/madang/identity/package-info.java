/// Accounts, sessions and tokens: who somebody is.
@NullMarked
package madang.identity;

import org.jspecify.annotations.NullMarked;
