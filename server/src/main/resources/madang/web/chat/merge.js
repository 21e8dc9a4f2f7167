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
