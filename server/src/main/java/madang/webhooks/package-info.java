/// Doors through which other systems say something in one room of chat. Owns the schema `webhooks`
/// (`webhook`).
///
/// What may surprise: the secret in a webhook's address is all that is asked of who posts there, so
/// it is shown once, kept as a hash, and stands in no log (requests are logged by the template of
/// their route). A webhook speaks through a bot of its own, which is no member of the room and
/// keeps its words when the webhook is gone.
@NullMarked
package madang.webhooks;

import org.jspecify.annotations.NullMarked;
