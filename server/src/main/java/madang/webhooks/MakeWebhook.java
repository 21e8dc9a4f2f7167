package madang.webhooks;

import madang.identity.Form;
import madang.kit.json.CodePoints;

/// What a moderator asks who opens a door for another system; the name is its author's.
public record MakeWebhook(@CodePoints(max = 50) @Form(Form.Kind.NICKNAME) String name) {}
