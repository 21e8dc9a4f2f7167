/// What the house asks of the outside where more than one feature needs it. The comment of a port
/// is its contract; every adapter passes the same tests.
@NullMarked
package madang.port;

import org.jspecify.annotations.NullMarked;
