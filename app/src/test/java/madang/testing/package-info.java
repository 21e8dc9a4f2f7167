/// What several tests share: a town full of people, and clients that may misbehave.
@NullMarked
package madang.testing;

import org.jspecify.annotations.NullMarked;
