import { Rooms } from '../client/rooms.js';
import { socket } from '../kit/socket.js';
import { Store } from '../kit/store.js';
import { session } from '../identity/session.js';
import { keepOutbox, outboxOf } from './drafts.js';
import { learn } from './people.js';

const rooms = new Rooms(socket, {
  me: () => session.value.user?.id,
  memory: { recall: outboxOf, keep: keepOutbox },
});
const held = new Map();

/** Everybody who has a room open that this page hears. */
export const present = new Store(new Set());

/** The line to a room, shared by all who want it. `position` is what the first of them already knows. */
export function hold(id, position) {
  const line = rooms.hold(id, position);
  if (line.holders === 1) {
    held.set(id, line);
    line.addEventListener('changes', ({ detail }) => detail.messages.forEach(meet));
    line.people.subscribe(lookAround);
  }
  return line;
}

export function release(id) {
  rooms.release(id);
  if (held.get(id)?.holders === 0) held.delete(id);
}

let looking = false;

/** Many rooms open at once; their people are put together once. */
function lookAround() {
  if (looking) return;
  looking = true;
  queueMicrotask(() => {
    looking = false;
    present.set(new Set([...held.values()].flatMap((line) => [...line.people.value.online])));
  });
}

/** Who speaks comes with a name, and so does who joins: they may type before they say a word. */
function meet({ author, notice }) {
  if (author) learn(author);
  if (notice?.code === 'member_joined') learn({ id: notice.args.user, nickname: notice.args.nickname });
}
