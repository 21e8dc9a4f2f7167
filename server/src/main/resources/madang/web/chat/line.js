import { Store } from '../kit/store.js';
import { socket } from '../kit/socket.js';
import { learn } from './people.js';

const TYPING_MILLIS = 5000;
const PATIENCE_MILLIS = 1000;

const lines = new Map();

/**
 * What one room tells this page, complete and in order. The server numbers every birth and every change
 * of a message; the line knows the number it stands at, sees a hole, and asks for what it missed.
 *
 * Dispatches `changes` (`{messages, since}`: `since` is where the line stood before), `reset` (the
 * newest page, or null to fetch it), `opened` (unread and marker as the server sees them), `read` and
 * `closed`. Who is online and who types is in `people`.
 */
class Line extends EventTarget {
  people = new Store({ online: new Set(), count: 0, typing: [] });
  holders = 0;
  #room;
  #position;
  #catchingUp = false;
  #held = [];
  #typists = new Map();

  constructor(room, position) {
    super();
    this.#room = room;
    this.#position = position;
  }

  /** Takes the line up (again); everything that happened since the last word comes first. */
  async open() {
    await this.#catchUp('chat.open', (answer) => {
      this.#seat(answer);
      this.emit('opened', answer);
    });
  }

  hear(message) {
    if (message.changed_seq <= this.#position) return;
    const after = message.after ?? message.changed_seq - 1;
    if (this.#catchingUp || after > this.#position) {
      this.#held.push(message);
      this.#catchUp('chat.resume');
    } else {
      this.#advance([message], message.changed_seq);
    }
  }

  typed(user) {
    const id = learn(user);
    clearTimeout(this.#typists.get(id));
    this.#typists.set(id, setTimeout(() => this.stopsTyping(id), TYPING_MILLIS));
    this.#showTypists();
  }

  stopsTyping(id) {
    clearTimeout(this.#typists.get(id));
    if (this.#typists.delete(id)) this.#showTypists();
  }

  seen({ user, online, online_count: count }) {
    const present = new Set(this.people.value.online);
    if (user) {
      const id = learn(user);
      if (online) present.add(id);
      else present.delete(id);
    }
    this.people.merge({ online: present, count: count ?? present.size });
  }

  /** One question at a time; what is pushed meanwhile waits, and a hole that is left is asked for again, in peace. */
  async #catchUp(method, then) {
    if (this.#catchingUp) return;
    this.#catchingUp = true;
    const before = this.#position;
    try {
      const answer = await socket.call(method, { room: this.#room, after: this.#position });
      this.#take(answer);
      then?.(answer);
    } catch (error) {
      if (!error.lost) this.emit('refused', error);
      this.#held = [];
      return;
    } finally {
      this.#catchingUp = false;
    }
    if (method === 'chat.resume' && this.#position === before) await new Promise((done) => setTimeout(done, PATIENCE_MILLIS));
    this.#held.splice(0).forEach((message) => this.hear(message));
  }

  #take({ reset, items, changes, last_seq: position }) {
    if (reset) {
      this.#position = position;
      this.emit('reset', items);
    } else {
      this.#advance(changes, position);
    }
  }

  #advance(messages, position) {
    const since = this.#position;
    this.#position = position;
    messages.forEach(meet);
    if (messages.length > 0) this.emit('changes', { messages, since });
  }

  #seat({ online = [], online_count: count = online.length }) {
    this.people.merge({ online: new Set(online.map(learn)), count });
  }

  #showTypists() {
    this.people.merge({ typing: [...this.#typists.keys()] });
  }

  emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

/** Who speaks comes with a name, and so does who joins: they may type before they say a word. */
function meet({ author, notice }) {
  if (author) learn(author);
  if (notice?.code === 'member_joined') learn({ id: notice.args.user, nickname: notice.args.nickname });
}

/** The line to a room, shared by all who want it. `position` is what the first of them already knows. */
export function hold(room, position) {
  const line = lines.get(room) ?? new Line(room, position);
  lines.set(room, line);
  if (line.holders++ === 0 && socket.state.value === 'open') line.open();
  return line;
}

export function release(room) {
  const line = lines.get(room);
  if (!line || --line.holders > 0) return;
  lines.delete(room);
  socket.tell('chat.close', { room });
}

const to = (method, act) => socket.addEventListener(method, ({ detail }) => lines.has(detail.room) && act(lines.get(detail.room), detail));

to('chat.message', (line, message) => {
  if (message.author) line.stopsTyping(message.author.id);
  line.hear(message);
});
to('chat.typing', (line, { user }) => line.typed(user));
to('chat.presence', (line, presence) => line.seen(presence));
to('chat.read', (line, marker) => line.emit('read', marker));
to('chat.reset', (line) => line.emit('reset', null));
to('chat.closed', (line, why) => line.emit('closed', why));

socket.addEventListener('open', async () => {
  for (const line of [...lines.values()].reverse()) await line.open();
});
