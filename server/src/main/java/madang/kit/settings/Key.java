package madang.kit.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// One setting: a component of a record of settings. Its type says how it is written (see [Form]);
/// a component that may stay empty is `@Nullable` or a list. A component of type [Stage] without
/// `@Key` is told the stage of this run. A rule over several components stands in the compact
/// constructor and reports to [Problems].
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Key {
    String name();

    /// The default, as an operator would write it. `{OTHER_KEY}` takes what the other key has.
    String value() default "";

    /// The least and the greatest value, written like the value itself; empty for no bound.
    String min() default "";

    String max() default "";

    /// How the house makes this secret by itself in development. A guarded stage must be given it.
    Made made() default Made.NEVER;

    /// What it means, in one sentence for the operator.
    String says();
}
