/// Rooms, and what is said in them.
@NullMarked
package madang.chat;

import org.jspecify.annotations.NullMarked;
