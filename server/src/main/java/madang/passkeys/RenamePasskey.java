package madang.passkeys;

import madang.identity.Form;
import madang.kit.json.CodePoints;

/// What its owner calls a passkey from now on.
public record RenamePasskey(@CodePoints(max = 50) @Form(Form.Kind.NICKNAME) String name) {}
