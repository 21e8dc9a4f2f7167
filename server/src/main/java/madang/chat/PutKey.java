package madang.chat;

import jakarta.validation.constraints.NotBlank;
import madang.kit.json.CodePoints;

/// The public key by which others are to encrypt for me: a JSON Web Key in a text.
public record PutKey(@NotBlank @CodePoints(max = Keys.MAX_CODE_POINTS) String publicKey) {}
