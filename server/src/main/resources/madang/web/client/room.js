import { Store } from './store.js';

const TYPING_MILLIS = 5000;
const TYPING_PAUSE_MILLIS = 3000;
const PATIENCE_MILLIS = 1000;

/**
 * What one room tells, complete and in order. The server numbers every birth and every change of a
 * message; the room knows the number it stands at, sees a hole, and asks for what it missed.
 *
 * Dispatches `changes` (`{messages, since}`: `since` is where the room stood before), `reset` (the
 * newest page, where too much was missed), `opened` (unread and marker as the server sees them), `read`,
 * `room` (it, or somebody in it, is not what it was), `closed` and `refused`. Who is online and who types is in `people`.
 */
export class Room extends EventTarget {
  /** @type {Store<{ online: Set<string>, count: number, typing: string[] }>} */
  people = new Store({ online: new Set(), count: 0, typing: [] });
  #socket;
  /** @type {number | undefined} */
  #position;
  #catchingUp = false;
  #doubted = false;
  #held = [];
  #typists = new Map();
  #typedAt = 0;

  /**
   * @param {string} id
   * @param {import('./socket.js').Socket} socket
   * @param {import('./outbox.js').Outbox} outbox
   * @param {{ position?: number, me: () => string | undefined }} context where the log is known up to
   */
  constructor(id, socket, outbox, { position, me }) {
    super();
    this.id = id;
    this.outbox = outbox;
    this.holders = 0;
    this.me = me;
    this.#socket = socket;
    this.#position = position;
  }

  /**
   * Says something; it shows in `outbox` at once and is stored exactly once.
   *
   * @param {import('./outbox.js').Say['text']} text
   * @param {Omit<import('./outbox.js').Say, 'text'>} [more]
   * @param {Record<string, any>} [shown]
   */
  send(text, more = {}, shown = {}) {
    this.#typedAt = 0;
    return this.outbox.say({ text, ...more }, shown);
  }

  /** @param {string} message @param {string} text */
  edit(message, text) {
    return this.#socket.call('chat.edit', { room: this.id, message, text });
  }

  /** @param {string} message */
  remove(message) {
    return this.#socket.call('chat.delete', { room: this.id, message });
  }

  /** Moves my marker forward. @param {number} seq */
  read(seq) {
    return this.#socket.call('chat.read', { room: this.id, seq });
  }

  /** I am writing; told at most every three seconds. */
  typing() {
    if (Date.now() - this.#typedAt < TYPING_PAUSE_MILLIS) return;
    this.#typedAt = Date.now();
    this.#socket.tell('chat.typing', { room: this.id });
  }

  /**
   * A page of history.
   *
   * @param {{ before?: number, after?: number, thread?: string, limit?: number }} [range]
   */
  history(range = {}) {
    return this.#socket.api.get('/chat/messages', { room: this.id, ...range });
  }

  /** Takes the room up (again); everything that happened since the last word comes first. */
  async open() {
    await this.#catchUp('chat.open', (answer) => {
      this.#seat(answer);
      this.#emit('opened', answer);
    });
  }

  /** A frame about this room. @param {string} method @param {any} params */
  hear(method, params) {
    switch (method) {
      case 'chat.message':
        if (params.author) this.#stopsTyping(params.author.id);
        return this.#message(params);
      case 'chat.typing':
        return this.#typed(params.user);
      case 'chat.typing_stopped':
        return this.#stopsTyping(params.user);
      case 'chat.presence':
        return this.#seen(params);
      case 'chat.reset':
        this.#doubted = true;
        return this.#catchUp('chat.resume');
      default:
        return this.#emit(method.replace('chat.', ''), params);
    }
  }

  #message(message) {
    if (this.#position !== undefined && message.changed_seq <= this.#position) return;
    const after = message.after ?? message.changed_seq - 1;
    if (this.#catchingUp || this.#position === undefined || after > this.#position) {
      this.#held.push(message);
      this.#catchUp('chat.resume');
    } else {
      this.#advance([message], message.changed_seq);
    }
  }

  /**
   * One question at a time; what is pushed meanwhile waits, and a hole that is left is asked for again, in
   * peace. An answer that was already on its way when the server told us to look says nothing about it.
   */
  async #catchUp(method, then) {
    if (this.#catchingUp) return;
    this.#catchingUp = true;
    this.#doubted = false;
    const before = this.#position;
    try {
      const answer = await this.#socket.call(method, { room: this.id, after: this.#position });
      this.#take(answer);
      then?.(answer);
    } catch (error) {
      if (!error.lost) this.#emit('refused', error);
      this.#held = [];
      return;
    } finally {
      this.#catchingUp = false;
    }
    if (method === 'chat.resume' && this.#position === before) await new Promise((done) => setTimeout(done, PATIENCE_MILLIS));
    this.#held.splice(0).forEach((message) => this.#message(message));
    if (this.#doubted) this.#catchUp('chat.resume');
  }

  #take({ reset, items, changes, last_seq: position }) {
    if (reset) {
      this.#position = position;
      this.#emit('reset', items);
    } else {
      this.#advance(changes, position);
    }
  }

  #advance(messages, position) {
    const since = this.#position ?? position;
    this.#position = position;
    if (messages.length === 0) return;
    messages.filter(({ author }) => author && author.id === this.me()).forEach((message) => this.outbox.recognise(message));
    this.#emit('changes', { messages, since });
  }

  #typed(user) {
    clearTimeout(this.#typists.get(user));
    this.#typists.set(user, setTimeout(() => this.#stopsTyping(user), TYPING_MILLIS));
    this.#showTypists();
  }

  #stopsTyping(user) {
    clearTimeout(this.#typists.get(user));
    if (this.#typists.delete(user)) this.#showTypists();
  }

  #seen({ user, online, online_count: count }) {
    const present = new Set(this.people.value.online);
    if (user && online) present.add(user);
    else if (user) present.delete(user);
    this.people.merge({ online: present, count: count ?? present.size });
  }

  #seat({ online = [], online_count: count = online.length }) {
    this.people.merge({ online: new Set(online), count });
  }

  #showTypists() {
    this.people.merge({ typing: [...this.#typists.keys()] });
  }

  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
