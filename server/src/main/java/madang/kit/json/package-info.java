/// JSON as Madang reads and writes it: strict in (every fault told at once, nothing coerced),
/// snake_case out.
@NullMarked
package madang.kit.json;

import org.jspecify.annotations.NullMarked;
