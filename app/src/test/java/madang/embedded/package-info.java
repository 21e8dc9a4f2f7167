@NullMarked
package madang.embedded;

import org.jspecify.annotations.NullMarked;
