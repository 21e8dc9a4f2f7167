import { api } from '../kit/api.js';
import { randomId } from '../client/ids.js';
import { Store } from '../kit/store.js';

const folders = new Map();

/**
 * The files that go up into one room, with the words below them. What is refused stays until it is sent
 * again or given up; a file is gone with its page, so the browser asks before it closes one.
 *
 * Dispatches `acknowledged` with the message that has become of one.
 */
class Uploads extends Store {
  #room;
  #ways = new Map();
  #keys = new Map();

  constructor(room) {
    super([]);
    this.#room = room;
  }

  /** The name by which a message of mine was known before the server gave it one. */
  keyOf = ({ id }) => this.#keys.get(id) ?? null;

  get isBusy() {
    return this.#ways.size > 0;
  }

  add(file, { text, thread, reply }) {
    const picture = file.type.startsWith('image/') ? URL.createObjectURL(file) : null;
    const sent = { client_key: randomId(), file, text: text || null, thread: thread ?? null, reply: reply ?? null, picture, share: 0, state: 'sending', error: '', created_at: new Date().toISOString() };
    this.set([...this.value, sent]);
    this.#push(sent);
  }

  has(clientKey) {
    return this.value.some(({ client_key: key }) => key === clientKey);
  }

  resend(clientKey) {
    this.#settle(clientKey, { state: 'sending', error: '', share: 0 });
    this.#push(this.value.find(({ client_key: key }) => key === clientKey));
  }

  discard(clientKey) {
    this.#ways.get(clientKey)?.abort();
    this.set(this.value.filter(({ client_key: key }) => key !== clientKey));
  }

  async #push({ client_key: key, file, text, thread, reply }) {
    const form = new FormData();
    Object.entries({ client_key: key, text, thread, reply_to: reply?.id }).forEach(([name, value]) => value && form.append(name, value));
    form.append('file', file, file.name);
    const way = new AbortController();
    this.#ways.set(key, way);
    try {
      const message = await api.upload(`/chat/rooms/${this.#room}/files`, form, { told: (share) => this.#settle(key, { share }), signal: way.signal });
      this.#keys.set(message.id, key);
      this.#ways.delete(key);
      this.discard(key);
      this.dispatchEvent(new CustomEvent('acknowledged', { detail: message }));
    } catch (error) {
      this.#settle(key, { state: 'failed', error: error.message });
    }
    this.#ways.delete(key);
  }

  #settle(clientKey, fields) {
    this.set(this.value.map((sent) => (sent.client_key === clientKey ? { ...sent, ...fields } : sent)));
  }
}

/** What goes up into this room, seen or not. */
export function uploadsOf(room) {
  const uploads = folders.get(room) ?? new Uploads(room);
  folders.set(room, uploads);
  return uploads;
}

addEventListener('beforeunload', (leaving) => [...folders.values()].some(({ isBusy }) => isBusy) && leaving.preventDefault());
