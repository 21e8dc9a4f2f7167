import { api } from '../kit/api.js';
import { Store } from '../kit/store.js';
import { session } from '../identity/session.js';
import { hold, release } from './line.js';
import { merge } from './merge.js';
import { learn, personOf } from './people.js';
import { lookUp, members, roomOf } from './rooms.js';

const PAGE = 50;
const WINDOW = 600;

/**
 * The messages of one room as this page shows them: a window of history without holes, its newest end
 * live, and what I said that is not acknowledged yet.
 *
 * `hasOlder` and `hasNewer` tell whether the window could be longer; `target` is the message that the
 * reader asked to see.
 */
export class RoomLog extends Store {
  #id;
  #end = new AbortController();
  #loading = false;
  #missed = false;
  #met = false;

  constructor(id) {
    super({ status: 'loading', error: null, room: null, items: [], pending: [], hasOlder: false, hasNewer: false, unreadAfter: null, target: null });
    this.#id = id;
  }

  /** Who is here and who types; nobody until the line is held. */
  get people() {
    return this.line?.people.value ?? { online: new Set(), count: 0, typing: [] };
  }

  /** Opens the room at its newest message, or around `seq`. */
  async open(seq) {
    this.merge({ status: 'loading', error: null });
    try {
      const room = roomOf(this.#id) ?? (await lookUp(this.#id));
      if (this.#end.signal.aborted) return;
      this.merge({ room, unreadAfter: room.unread > 0 ? room.read_seq : null });
      this.#listen(room.last_seq);
      await (seq ? this.around(seq) : this.newest());
      this.merge({ status: 'ready' });
    } catch (error) {
      this.merge({ status: 'failed', error });
    }
  }

  close() {
    this.#end.abort();
    if (this.line) release(this.#id);
  }

  async newest() {
    const page = await this.#page({});
    this.#show({ items: page.items, hasOlder: page.next_cursor !== null, hasNewer: false, target: null });
  }

  async around(seq) {
    if (this.value.items.some((message) => message.seq === seq)) return this.merge({ target: { seq } });
    const page = await this.#page({ before: seq + PAGE / 2 });
    this.#show({ items: page.items, hasOlder: page.next_cursor !== null, hasNewer: true, target: { seq } });
    await this.newer();
  }

  async older() {
    const { items, hasOlder } = this.value;
    if (!hasOlder) return;
    await this.#once(async () => {
      const page = await this.#page({ before: items[0].seq });
      const longer = merge(this.value.items, page.items);
      const hasNewer = this.value.hasNewer || longer.length > WINDOW;
      this.#show({ items: longer.slice(0, WINDOW), hasOlder: page.next_cursor !== null, hasNewer });
    });
  }

  /** What was said while the last page was on its way is asked for once more, so no hole is left. */
  async newer() {
    if (!this.value.hasNewer) return;
    await this.#once(async () => {
      this.#missed = false;
      const page = await this.#page({ after: this.value.items.at(-1)?.seq ?? 0 });
      const longer = merge(this.value.items, page.items);
      const hasOlder = this.value.hasOlder || longer.length > WINDOW;
      this.#show({ items: longer.slice(-WINDOW), hasOlder, hasNewer: page.next_cursor !== null || this.#missed });
    });
  }

  /** Stands in the room at once; the server's word follows. */
  send(text, quoted) {
    const reply = quoted && { id: quoted.id, seq: quoted.seq, author: quoted.author, text: quoted.text };
    this.line.send(text, reply && { reply_to: reply.id }, { reply_to: reply ?? null });
  }

  resend(clientKey) {
    this.line.outbox.resend(clientKey);
  }

  discard(clientKey) {
    this.line.outbox.discard(clientKey);
  }

  async edit(message, text) {
    this.#changed([await this.line.edit(message.id, text)]);
  }

  async remove(message) {
    this.#changed([await this.line.remove(message.id)]);
  }

  typing() {
    this.line.typing();
  }

  /** Everything to show, the unacknowledged last. */
  messages() {
    const { items, pending, hasNewer } = this.value;
    return hasNewer ? items : [...items, ...pending.map(asMessage)];
  }

  /** What I said keeps the name that it had before the server gave it one: it turns from grey, and is not drawn anew. */
  keyOf = (message) => this.line?.outbox.keyOf(message) ?? message.id;

  #listen(position) {
    if (this.line) return;
    this.line = hold(this.#id, position);
    const on = (name, act) => this.line.addEventListener(name, ({ detail }) => act(detail), { signal: this.#end.signal });
    on('changes', ({ messages }) => this.#changed(messages));
    on('reset', (items) => this.#show({ items: merge([], items), hasOlder: true, hasNewer: false }));
    on('closed', ({ reason }) => this.merge({ status: 'closed', reason }));
    this.line.people.addEventListener('change', () => this.#meetTypists(), { signal: this.#end.signal });
    on('refused', (error) => this.merge({ status: 'failed', error }));
    const { outbox } = this.line;
    outbox.addEventListener('change', () => this.merge({ pending: outbox.value }), { signal: this.#end.signal });
    outbox.addEventListener('acknowledged', ({ detail }) => this.#changed([detail]), { signal: this.#end.signal });
    this.merge({ pending: outbox.value });
  }

  /** Frames name people by id alone; who is not known by name yet is looked for among the members, once. */
  async #meetTypists() {
    if (this.#met || this.people.typing.every(personOf)) return;
    this.#met = true;
    const page = await members(this.#id).catch(() => ({ items: [] }));
    page.items.forEach(learn);
    this.line.people.merge({ typing: [...this.people.typing] });
  }

  /** A page of history, in the order of birth. */
  async #page(range) {
    const page = await api.get('/chat/messages', { room: this.#id, limit: PAGE, ...range });
    page.items.forEach(({ author }) => author && learn(author));
    return { ...page, items: merge([], page.items) };
  }

  async #once(load) {
    if (this.#loading) return;
    this.#loading = true;
    try {
      await load();
    } catch {
      // The end of the list is still in sight: scrolling asks again.
    } finally {
      this.#loading = false;
    }
  }

  #show(fields) {
    if (!this.#end.signal.aborted) this.merge(fields);
  }

  #changed(messages) {
    const { items, hasOlder, hasNewer } = this.value;
    const oldest = hasOlder ? (items[0]?.seq ?? 0) : 0;
    const newest = hasNewer ? (items.at(-1)?.seq ?? 0) : Infinity;
    this.#missed ||= messages.some(({ seq }) => seq > newest);
    this.#show({ items: merge(items, messages.filter(({ seq }) => seq >= oldest && seq <= newest)) });
  }
}

function asMessage({ client_key: key, say, shown, state, error, created_at }) {
  const author = session.value.user;
  return { id: key, seq: Infinity, changed_seq: Infinity, kind: 'text', author, text: say.text, ...shown, created_at, edited_at: null, deleted_at: null, state, error };
}
