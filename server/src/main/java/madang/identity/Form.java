package madang.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.URI;
import madang.kit.TimeZones;
import org.jspecify.annotations.Nullable;

/// A text of this form. What is wrong with one that is not is told by the sentence of its kind.
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = Form.Check.class)
public @interface Form {
    Kind value();

    String message() default "";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    enum Kind {
        USERNAME,
        EMAIL,
        PHONE,
        /// One line with something to be seen in it.
        NICKNAME,
        /// 8 characters to 72 bytes: bcrypt would silently ignore what comes after them.
        NEW_PASSWORD,
        /// A name of the IANA time zone database.
        TIME_ZONE,
        /// A picture on the web or a path of ours; never a script or a file of the reader.
        IMAGE_URL;

        boolean admits(String text) {
            return switch (this) {
                case USERNAME -> LoginName.username(text) != null;
                case EMAIL -> LoginName.email(text) != null;
                case PHONE -> LoginName.phone(text) != null;
                case NICKNAME -> !text.isBlank() && text.chars().noneMatch(Character::isISOControl);
                case NEW_PASSWORD -> isPassword(text);
                case TIME_ZONE -> TimeZones.knows(text);
                case IMAGE_URL -> isImageUrl(text);
            };
        }

        private static boolean isPassword(String text) {
            return text.codePointCount(0, text.length()) >= 8
                    && text.getBytes(UTF_8).length <= Passwords.MAX_BYTES;
        }

        private static boolean isImageUrl(String text) {
            try {
                URI uri = URI.create(text);
                @Nullable String scheme = uri.getScheme();
                return scheme == null
                        ? text.startsWith("/") && uri.getRawAuthority() == null
                        : (scheme.equals("https") || scheme.equals("http"))
                                && uri.getHost() != null;
            } catch (IllegalArgumentException malformed) {
                return false;
            }
        }
    }

    final class Check implements ConstraintValidator<Form, String> {
        private Kind kind = Kind.USERNAME;

        @Override
        public void initialize(Form form) {
            kind = form.value();
        }

        @Override
        public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
            return text == null || kind.admits(text);
        }
    }
}
