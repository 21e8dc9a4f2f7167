import { dayKey } from '../kit/time.js';

const TOGETHER_MILLIS = 5 * 60_000;

/**
 * What stands below each other in a room: the messages, a line where a day begins, and one where the
 * unread ones do. Messages of one person within five minutes share a head. `keyOf` names a message for
 * as long as it is shown.
 */
export function rows(messages, unreadAfter, me, keyOf) {
  const found = [];
  let before = null;
  let divided = unreadAfter === null;
  for (const message of messages) {
    const newDay = !before || dayKey(before.created_at) !== dayKey(message.created_at);
    if (newDay) found.push({ kind: 'day', key: `day-${dayKey(message.created_at)}`, time: message.created_at });
    const firstUnread = !divided && message.seq > unreadAfter && message.author?.id !== me && message.kind !== 'notice';
    if (firstUnread) {
      found.push({ kind: 'unread', key: 'unread' });
      divided = true;
    }
    found.push({ kind: 'message', key: keyOf(message), message, headless: !newDay && !firstUnread && together(before, message) });
    before = message;
  }
  return found;
}

function together(before, message) {
  return (
    Boolean(message.author) &&
    before.author?.id === message.author.id &&
    before.kind !== 'notice' &&
    !message.reply_to &&
    Date.parse(message.created_at) - Date.parse(before.created_at) < TOGETHER_MILLIS
  );
}
