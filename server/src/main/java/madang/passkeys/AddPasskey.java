package madang.passkeys;

import madang.identity.Form;
import madang.kit.json.CodePoints;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a device answers to the options of a registration: a RegistrationResponseJSON, and what its
/// owner calls it.
public record AddPasskey(
        JsonNode credential,
        @CodePoints(max = 50) @Form(Form.Kind.NICKNAME) @Nullable String name) {}
