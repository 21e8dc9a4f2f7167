package madang.kit.json;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A text that is JSON already, written earlier in the shape of this type, or of a list of them:
/// documents show that shape.
@Target(ElementType.TYPE_USE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Written {
    Class<?> as();

    boolean isList() default false;
}
