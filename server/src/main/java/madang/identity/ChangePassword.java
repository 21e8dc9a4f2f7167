package madang.identity;

import madang.kit.json.CodePoints;
import org.jspecify.annotations.Nullable;

/// A new password, and the old one as the proof that it is he; who has none yet has signed in just
/// now.
public record ChangePassword(
        @CodePoints(min = 1, max = 1_000) @Nullable String currentPassword,
        @Form(Form.Kind.NEW_PASSWORD) String newPassword) {}
