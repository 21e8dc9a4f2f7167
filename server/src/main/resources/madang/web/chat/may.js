import { session } from '../identity/session.js';
import { isMember, moderates, roomOf } from './rooms.js';

const EDIT_MILLIS = 5 * 60_000;

/** What the reader may do with a message. The server decides; this only keeps doors from showing that are shut. */
export function may(message) {
  const room = roomOf(message.room);
  const stands = !message.state && !message.deleted_at && message.kind !== 'notice';
  const mine = message.author?.id === session.value.user?.id;
  return {
    reply: stands && isMember(room),
    edit: stands && mine && message.kind === 'text' && Date.now() - Date.parse(message.created_at) < EDIT_MILLIS,
    remove: stands && (mine || moderates(room)),
  };
}
