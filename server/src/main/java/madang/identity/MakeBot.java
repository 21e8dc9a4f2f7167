package madang.identity;

import madang.kit.json.CodePoints;
import org.jspecify.annotations.Nullable;

/// What somebody asks who wants a bot of his own.
public record MakeBot(
        @CodePoints(max = 50) @Form(Form.Kind.NICKNAME) String nickname,
        @CodePoints(max = 500) @Form(Form.Kind.IMAGE_URL) @Nullable String profileImageUrl) {}
