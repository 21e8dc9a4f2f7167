/** The later state of each message wins; the order is that of birth. */
export function merge(items, incoming) {
  const all = new Map(items.map((message) => [message.id, message]));
  for (const message of incoming) {
    const known = all.get(message.id);
    if (!known || known.changed_seq <= message.changed_seq) all.set(message.id, message);
  }
  const quoted = new Map(incoming.map((message) => [message.id, message]));
  return [...all.values()].map((message) => requote(message, quoted)).sort((one, other) => one.seq - other.seq);
}

/** A quotation says what the quoted message says now, and nothing once that is deleted. */
function requote(message, changed) {
  const source = changed.get(message.reply_to?.id);
  if (!source || source.text === message.reply_to.text) return message;
  return { ...message, reply_to: { ...message.reply_to, text: source.text } };
}

/**
 * The number of replies below each message after these changes. The server does not tell a root again
 * for every reply: a reply born after `since` is one more, an older one that is deleted one fewer.
 */
export function recount(items, changes, since) {
  const known = new Set(items.map(({ id }) => id));
  const steps = new Map();
  for (const { id, seq, thread, deleted_at: deleted } of changes) {
    const step = seq > since ? (deleted || known.has(id) ? 0 : 1) : deleted && since !== Infinity ? -1 : 0;
    if (thread && step) steps.set(thread, (steps.get(thread) ?? 0) + step);
  }
  if (steps.size === 0) return items;
  return items.map((message) => (steps.has(message.id) ? { ...message, replies: Math.max(0, (message.replies ?? 0) + steps.get(message.id)) } : message));
}
