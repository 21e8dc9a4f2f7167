package madang.identity;

import madang.kit.json.CodePoints;

/// A new password, and the old one as the proof that it is he.
public record ChangePassword(
        @CodePoints(min = 1, max = 1_000) String currentPassword,
        @Form(Form.Kind.NEW_PASSWORD) String newPassword) {}
