/// What tests of the whole house share.
@NullMarked
package madang.testing;

import org.jspecify.annotations.NullMarked;
