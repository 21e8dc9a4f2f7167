package madang.identity;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import madang.kit.Language;
import madang.kit.json.CodePoints;
import madang.kit.json.Patch;
import org.jspecify.annotations.Nullable;

/// What a user changes about himself; an absent field stays as it is.
public record ChangeProfile(
        Patch<@CodePoints(max = 50) @Form(Form.Kind.NICKNAME) String> nickname,
        Patch<@Nullable @CodePoints(max = 500) @Form(Form.Kind.IMAGE_URL) String> profileImageUrl,
        Patch<@Nullable @CodePoints(max = 200) String> statusMessage,
        Patch<Language> language,
        Patch<@Form(Form.Kind.TIME_ZONE) String> timeZone,
        Patch<@Nullable @CodePoints(max = 50) String> region,
        Patch<@Size(max = 20) List<@NotBlank @CodePoints(max = 30) String>> interests) {}
