/// The house put together: `Main` reads the command, `Wiring` builds every part by its constructor
/// and says in which order they start and stop.
@NullMarked
package madang.app;

import org.jspecify.annotations.NullMarked;
