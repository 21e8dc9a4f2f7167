package madang.identity;

import java.util.Map;
import madang.kit.Failure;
import madang.kit.json.CodePoints;
import org.jspecify.annotations.Nullable;

/// What somebody asks who wants an account: one name or more, and a password. `consents` says of
/// each kind which version he agrees to.
public record Register(
        @CodePoints(min = 3, max = 32) @Form(Form.Kind.USERNAME) @Nullable String username,
        @CodePoints(max = 254) @Form(Form.Kind.EMAIL) @Nullable String email,
        @Form(Form.Kind.PHONE) @Nullable String phone,
        @Form(Form.Kind.NEW_PASSWORD) String password,
        @CodePoints(max = 50) @Form(Form.Kind.NICKNAME) @Nullable String nickname,
        @Nullable Map<String, String> consents) {

    public Register {
        if (username == null && email == null && phone == null) {
            throw Failure.invalid("body", "any_name");
        }
    }
}
