import { session } from '../identity/session.js';
import { isTold } from './rows.js';
import { isMember, knownRoom, moderates } from './rooms.js';

const EDIT_MILLIS = 5 * 60_000;

/** What the reader may do with a message. The server decides; this only keeps doors from showing that are shut. */
export function may(message) {
  const room = knownRoom(message.room);
  const stands = !message.state && !message.deleted_at && message.kind !== 'notice';
  const mine = message.author?.id === session.value.user?.id;
  const inside = stands && isMember(room);
  return {
    react: inside,
    reply: inside && !message.encrypted_keys,
    thread: inside && !isTold(message),
    edit: stands && mine && message.kind === 'text' && !message.encrypted_keys && Date.now() - Date.parse(message.created_at) < EDIT_MILLIS,
    remove: stands && (mine || moderates(room)),
    pin: inside && (moderates(room) || room.type === 'direct'),
    report: stands && !mine && Boolean(message.author),
    link: stands,
  };
}
