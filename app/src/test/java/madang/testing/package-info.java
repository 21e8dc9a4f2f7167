/// What tests of the whole house share: a PostgreSQL that is cloned in milliseconds, a socket that
/// can send any bytes.
@NullMarked
package madang.testing;

import org.jspecify.annotations.NullMarked;
