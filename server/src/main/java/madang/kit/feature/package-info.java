/// What a feature is to the house that runs it.
@NullMarked
package madang.kit.feature;

import org.jspecify.annotations.NullMarked;
