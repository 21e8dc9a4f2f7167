import { api } from '../kit/api.js';
import { Store } from '../kit/store.js';
import { session } from '../identity/session.js';
import { markersOf, membersOf, messageOf } from './deeds.js';
import { hold, release } from './line.js';
import { merge, recount } from './merge.js';
import { learn, meet, personOf } from './people.js';
import { lookUp, roomOf } from './rooms.js';
import { uploadsOf } from './uploads.js';

const PAGE = 50;
const WINDOW = 300;
const MOST_RECEIPTS = 100;

/**
 * The messages of one room, or of the thread below one of its messages, as this page shows them: a
 * window of history without holes, its newest end live, and what I said that is not acknowledged yet.
 *
 * `hasOlder` and `hasNewer` tell whether the window could be longer; `target` is the message that the
 * reader asked to see; `root` is the one that a thread hangs on; `markers` says how far each other
 * member has read.
 */
export class RoomLog extends Store {
  #id;
  #thread;
  #end = new AbortController();
  #loading = false;
  #met = false;
  /** What changed while pages of history are on their way, for each of them. */
  #meanwhile = new Set();

  constructor(id, thread = null) {
    super({ status: 'loading', error: null, room: null, root: null, items: [], pending: [], hasOlder: false, hasNewer: false, unreadAfter: null, target: null, markers: new Map() });
    this.#id = id;
    this.#thread = thread;
    this.uploads = uploadsOf(id);
  }

  get thread() {
    return this.#thread;
  }

  /** Who is here and who types; nobody until the line is held. */
  get people() {
    return this.line?.people.value ?? { online: new Set(), count: 0, typing: [] };
  }

  /** Opens the room at its newest message, around `seq`, or where more than a page is unread, around the first of these. */
  async open(seq) {
    this.merge({ status: 'loading', error: null });
    try {
      const room = roomOf(this.#id) ?? (await lookUp(this.#id));
      if (room.has_password && !room.my_role) return this.merge({ room, status: 'shut' });
      const root = this.#thread && (await messageOf(this.#id, this.#thread));
      if (this.#end.signal.aborted) return;
      this.merge({ room, root, unreadAfter: room.unread > 0 && !root ? room.read_seq : null });
      this.#listen(room.last_seq);
      if (seq) await this.around(seq);
      else if (room.unread > PAGE && !root) await this.around(room.read_seq + 1, null);
      else await this.newest();
      this.merge({ status: 'ready' });
      if (!root) await this.#learnMarkers(room);
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
    this.#show({ items: page.items, hasOlder: page.hasMore, hasNewer: false, target: null });
  }

  async around(seq, target = { seq }) {
    if (this.value.items.some((message) => message.seq === seq)) return this.merge({ target });
    const page = await this.#page({ before: seq + PAGE / 2 });
    this.#show({ items: page.items, hasOlder: page.hasMore, hasNewer: true, target });
    await this.newer();
  }

  /** A page more above. What grows too long is given up below, but for what stands up to number `last`. */
  async older(last = 0) {
    const { items, hasOlder } = this.value;
    if (!hasOlder) return;
    await this.#once(async () => {
      const page = await this.#page({ before: items[0].seq });
      if (this.value.items[0]?.seq !== items[0].seq) return;
      const longer = merge(this.value.items, page.items);
      const end = Math.max(WINDOW, longer.findLastIndex(({ seq }) => seq <= last) + 1);
      this.#show({ items: longer.slice(0, end), hasOlder: page.hasMore, hasNewer: this.value.hasNewer || longer.length > end });
    });
  }

  /** A page more below. What grows too long is given up above, but for what stands from number `first` on. */
  async newer(first = Infinity) {
    const { items, hasNewer } = this.value;
    if (!hasNewer) return;
    const last = items.at(-1)?.seq ?? 0;
    await this.#once(async () => {
      const page = await this.#page({ after: last });
      if (this.value.items.at(-1)?.seq !== last) return;
      const longer = merge(this.value.items, page.items);
      const fresh = longer.slice(-WINDOW);
      const shown = longer.filter(({ seq }) => seq >= Math.min(first, fresh[0]?.seq ?? 0));
      this.#show({ items: shown, hasOlder: this.value.hasOlder || longer.length > shown.length, hasNewer: page.hasMore });
    });
  }

  /** Stands in the room at once; the server's word follows. */
  send(text, quoted) {
    const reply = quotation(quoted);
    this.line.send(text, { ...(reply && { reply_to: reply.id }), ...(this.#thread && { thread: this.#thread }) }, { reply_to: reply });
  }

  upload(file, text, quoted) {
    this.uploads.add(file, { text, thread: this.#thread, reply: quotation(quoted) });
  }

  resend(clientKey) {
    this.#keeperOf(clientKey).resend(clientKey);
  }

  discard(clientKey) {
    this.#keeperOf(clientKey).discard(clientKey);
  }

  async edit(message, text) {
    this.take(await this.line.edit(message.id, text));
  }

  async remove(message) {
    this.take(await this.line.remove(message.id));
  }

  /** What the server answered about one message; everybody else hears it from their line. */
  take(message) {
    this.#changed([message]);
  }

  typing() {
    this.line.typing();
  }

  /** Everything to show, the unacknowledged last. */
  messages() {
    const { root, items, pending, hasOlder, hasNewer } = this.value;
    const shown = root && !hasOlder ? [root, ...items] : items;
    return hasNewer ? shown : [...shown, ...pending];
  }

  /** What I said keeps the name that it had before the server gave it one: it turns from grey, and is not drawn anew. */
  keyOf = (message) => this.uploads.keyOf(message) ?? this.line?.outbox.keyOf(message) ?? message.id;

  #listen(position) {
    if (this.line) return;
    this.line = hold(this.#id, position);
    const on = (name, act) => this.line.addEventListener(name, ({ detail }) => act(detail), { signal: this.#end.signal });
    on('changes', ({ messages, since }) => this.#changed(messages, since));
    on('reset', (items) => (!this.#thread ? this.#show({ items: merge([], items), hasOlder: true, hasNewer: false }) : this.newest()));
    on('closed', ({ reason }) => this.merge({ status: 'closed', reason }));
    on('read', (marker) => this.#read(marker));
    on('refused', (error) => this.merge({ status: 'failed', error }));
    this.line.people.addEventListener('change', () => this.#meetTypists(), { signal: this.#end.signal });
    for (const keeper of [this.line.outbox, this.uploads]) {
      keeper.addEventListener('change', () => this.#pend(), { signal: this.#end.signal });
      keeper.addEventListener('acknowledged', ({ detail }) => this.take(detail), { signal: this.#end.signal });
    }
    this.#pend();
  }

  /** What is on its way into this room, or into this thread. */
  #pend() {
    const here = (thread) => (thread ?? null) === this.#thread;
    const said = this.line.outbox.value.filter(({ say }) => here(say.thread)).map(asMessage);
    const handed = this.uploads.value.filter(({ thread }) => here(thread)).map(asFile);
    this.#show({ pending: [...said, ...handed] });
  }

  #keeperOf(clientKey) {
    return this.uploads.has(clientKey) ? this.uploads : this.line.outbox;
  }

  /** Frames name people by id alone; who is not known by name yet is looked for among the members, once. */
  async #meetTypists() {
    if (this.people.typing.every(personOf)) return;
    await this.#meetMembers();
    this.line.people.merge({ typing: [...this.people.typing] });
  }

  async #meetMembers() {
    if (this.#met) return;
    this.#met = true;
    meet(await membersOf(this.#id).catch(() => []));
  }

  /** How far the others have read is shown where it is told: in rooms of at most a hundred. */
  async #learnMarkers(room) {
    if (room.member_count > MOST_RECEIPTS || !room.my_role) return;
    const markers = await markersOf(this.#id).catch(() => []);
    this.#marked(markers.map(({ user, seq }) => [learn(user), seq]));
    if (markers.some(({ user }) => !personOf(learn(user)))) await this.#meetMembers();
  }

  #read({ user, seq }) {
    this.#marked([[learn(user), seq]]);
    if (!personOf(learn(user))) this.#meetMembers();
  }

  #marked(pairs) {
    const markers = new Map(this.value.markers);
    pairs.forEach(([user, seq]) => seq > (markers.get(user) ?? 0) && user !== session.value.user?.id && markers.set(user, seq));
    this.#show({ markers });
  }

  /**
   * A page of history, in the order of birth, as it is when it has come: what changed on its way lies over
   * it, and where it ends with the newest, what was born on its way stands below.
   */
  async #page(range) {
    const meanwhile = [];
    this.#meanwhile.add(meanwhile);
    const page = await api
      .get('/chat/messages', { room: this.#id, thread: this.#thread, limit: PAGE, ...range })
      .finally(() => this.#meanwhile.delete(meanwhile));
    page.items.forEach(({ author }) => author && learn(author));
    if (page.items.some(({ mentions }) => mentions?.some((id) => !personOf(id)?.username))) this.#meetMembers();
    const hasMore = page.next_cursor !== null;
    const items = merge([], page.items.filter(({ id }) => id !== this.#thread));
    const from = range.after === undefined ? (hasMore ? (items[0]?.seq ?? 0) : 0) : range.after + 1;
    const isNewest = range.before === undefined && (range.after === undefined || !hasMore);
    const to = isNewest ? Infinity : (items.at(-1)?.seq ?? 0);
    return { hasMore, items: meanwhile.reduce((known, change) => this.#overlaid(known, change, from, to), items) };
  }

  /** These messages, which are all from one number to another, after a change. */
  #overlaid(items, { messages, since }, from, to) {
    const ours = this.#thread ? messages.filter(({ thread }) => thread === this.#thread) : messages;
    return merge(recount(items, messages, since), ours.filter(({ seq }) => seq >= from && seq <= to));
  }

  /** One page at a time. Whoever went elsewhere meanwhile (to the newest, to a message) has no use for it. */
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

  /** `since` is where the line stood before: what is born after it is new to everybody here. */
  #changed(messages, since = Infinity) {
    const change = { messages, since };
    const { root, items, hasOlder, hasNewer } = this.value;
    const oldest = hasOlder ? (items[0]?.seq ?? 0) : 0;
    const newest = hasNewer ? (items.at(-1)?.seq ?? 0) : Infinity;
    this.#meanwhile.forEach((changes) => changes.push(change));
    this.#show({
      root: messages.findLast(({ id }) => id === root?.id) ?? root,
      items: this.#overlaid(items, change, oldest, newest),
    });
    this.#marked(messages.filter(({ author }) => author).map(({ author, seq }) => [author.id, seq]));
  }
}

const quotation = (quoted) => (quoted ? { id: quoted.id, seq: quoted.seq, author: quoted.author, text: quoted.text } : null);

const unsent = ({ client_key: key, state, error, created_at }) => ({
  id: key,
  seq: Infinity,
  changed_seq: Infinity,
  author: session.value.user,
  created_at,
  edited_at: null,
  deleted_at: null,
  state,
  error,
});

const asMessage = (said) => ({ ...unsent(said), kind: 'text', text: said.say.text, ...said.shown });

function asFile({ file: { name, size, type }, text, reply, picture, share, ...sent }) {
  return { ...unsent(sent), kind: picture ? 'image' : 'file', text, file: { name, size, mime_type: type, picture, share }, reply_to: reply };
}
