/// The words that every feature speaks: who asks, what failed, how things are named and sealed.
/// Knows libraries only, and no feature.
@NullMarked
package madang.kit;

import org.jspecify.annotations.NullMarked;
