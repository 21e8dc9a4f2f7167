import { dayKey } from '../kit/time.js';

const TOGETHER_MILLIS = 5 * 60_000;
const days = new WeakMap();

/**
 * What stands below each other in a room: the messages, a line where a day begins, one where the unread
 * ones do (where that is among them), and one for answers that were given in a thread. Messages of one person within five minutes
 * share a head. `keyOf` names a message for as long as it is shown; in a `thread` its answers are messages.
 */
export function rows(messages, { unreadAfter, hasOlder, me, keyOf, thread }) {
  const found = [];
  let before = null;
  let divided = unreadAfter === null || (hasOlder && messages[0]?.seq > unreadAfter);
  for (const message of messages) {
    const newDay = !before || dayOf(before) !== dayOf(message);
    if (newDay) found.push({ kind: 'day', key: `day-${dayOf(message)}`, time: message.created_at });
    const firstUnread = !divided && message.seq > unreadAfter && message.author?.id !== me && !isTold(message);
    if (firstUnread) {
      found.push({ kind: 'unread', key: 'unread' });
      divided = true;
    }
    if (message.thread && !thread) addToThread(found, message);
    else found.push({ kind: 'message', key: keyOf(message), message, headless: !newDay && !firstUnread && together(before, message, thread) });
    if (message.id === thread && messages.length > 1) found.push({ kind: 'replies', key: 'replies', count: messages.length - 1 });
    before = message;
  }
  return found;
}

/** Answers to one message that follow each other share a line; a deleted one leaves none. */
function addToThread(found, reply) {
  if (reply.deleted_at) return;
  const last = found.at(-1);
  if (last?.kind === 'thread' && last.root === reply.thread) last.replies.push(reply);
  else found.push({ kind: 'thread', key: `thread-${reply.id}`, root: reply.thread, replies: [reply] });
}

/** Days are compared for every message at every change, so each is worked out once. */
function dayOf(message) {
  if (!days.has(message)) days.set(message, dayKey(message.created_at));
  return days.get(message);
}

/** What the house says itself, which nobody needs to have read. */
export const isTold = ({ kind }) => kind === 'notice' || kind === 'system';

function together(before, message, thread) {
  return (
    Boolean(message.author) &&
    before.author?.id === message.author.id &&
    !isTold(before) &&
    !isTold(message) &&
    (thread || !before.thread) &&
    !message.reply_to &&
    Date.parse(message.created_at) - Date.parse(before.created_at) < TOGETHER_MILLIS
  );
}

/**
 * Who has read up to which row: by the row's key, those whose marker stands there and who did not write
 * it. Where the rows do not end with the newest (`hasNewer`), who has read on stands at none.
 */
export function readersOf(all, markers, hasNewer) {
  const messages = all.filter(({ kind }) => kind === 'message');
  const last = hasNewer ? (messages.at(-1)?.message.seq ?? 0) : Infinity;
  const found = new Map();
  for (const [user, seq] of markers) {
    if (seq > last) continue;
    const row = messages.findLast(({ message }) => message.seq <= seq);
    if (row && row.message.author?.id !== user) found.set(row.key, [...(found.get(row.key) ?? []), user]);
  }
  return found;
}
