/// The figures of `./madang bench`: a load driver that starts the server as it is shipped and
/// measures it from outside.
///
/// Driver, server and PostgreSQL share one machine, so the driver is built to be cheap: one thread,
/// one selector, bytes made once and frames that are counted rather than parsed. It knows nothing
/// of the server's classes; it speaks the wire that every client speaks.
@NullMarked
package madang.bench;

import org.jspecify.annotations.NullMarked;
