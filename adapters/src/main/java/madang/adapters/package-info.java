/// Drivers of the outside world behind the house's ports.
@NullMarked
package madang.adapters;

import org.jspecify.annotations.NullMarked;
