package madang.identity;

import java.util.Objects;
import java.util.stream.Stream;
import madang.kit.Failure;
import madang.kit.json.CodePoints;
import org.jspecify.annotations.Nullable;

/// What somebody asks who has an account: exactly one name, and the password. A name that cannot be
/// one is not refused here: it is unknown, like any other that nobody has.
public record LogIn(
        @CodePoints(min = 1, max = 254) @Nullable String username,
        @CodePoints(min = 1, max = 254) @Nullable String email,
        @CodePoints(min = 1, max = 254) @Nullable String phone,
        @CodePoints(min = 1, max = 254) @Nullable String identifier,
        @CodePoints(min = 1, max = 1_000) String password) {

    public LogIn {
        if (Stream.of(username, email, phone, identifier).filter(Objects::nonNull).count() != 1) {
            throw Failure.invalid("body", "one_name");
        }
    }

    @Nullable LoginName name() {
        if (username != null) {
            return LoginName.username(username);
        }
        if (email != null) {
            return LoginName.email(email);
        }
        if (phone != null) {
            return LoginName.phone(phone);
        }
        return identifier == null ? null : LoginName.identifier(identifier);
    }

    /// What was typed as a name, whatever it is.
    String typed() {
        return Stream.of(username, email, phone, identifier)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
    }
}
