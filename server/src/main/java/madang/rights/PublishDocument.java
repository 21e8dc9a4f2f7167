package madang.rights;

import jakarta.validation.constraints.Pattern;
import madang.identity.Form;
import madang.kit.json.CodePoints;
import org.jspecify.annotations.Nullable;

/// A new version of what people are asked to agree to, and where its full text stands. A material
/// one asks everybody anew; until they agree, they have not.
public record PublishDocument(
        ConsentKind kind,
        @Pattern(regexp = "[A-Za-z0-9._-]{1,32}") String version,
        @Nullable @CodePoints(max = 500) @Form(Form.Kind.IMAGE_URL) String url,
        boolean material) {}
