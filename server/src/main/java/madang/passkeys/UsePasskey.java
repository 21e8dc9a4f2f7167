package madang.passkeys;

import tools.jackson.databind.JsonNode;

/// What a device answers to the options of a sign-in: an AuthenticationResponseJSON.
public record UsePasskey(JsonNode credential) {}
