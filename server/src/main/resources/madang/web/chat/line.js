import { Rooms } from '../client/rooms.js';
import { socket } from '../kit/socket.js';
import { session } from '../identity/session.js';
import { keepOutbox, outboxOf } from './drafts.js';
import { learn } from './people.js';

const rooms = new Rooms(socket, {
  me: () => session.value.user?.id,
  memory: { recall: outboxOf, keep: keepOutbox },
});

/** The line to a room, shared by all who want it. `position` is what the first of them already knows. */
export function hold(id, position) {
  const line = rooms.hold(id, position);
  if (line.holders === 1) line.addEventListener('changes', ({ detail }) => detail.messages.forEach(meet));
  return line;
}

export const release = (id) => rooms.release(id);

/** Who speaks comes with a name, and so does who joins: they may type before they say a word. */
function meet({ author, notice }) {
  if (author) learn(author);
  if (notice?.code === 'member_joined') learn({ id: notice.args.user, nickname: notice.args.nickname });
}
