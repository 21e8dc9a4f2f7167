import { api } from '../kit/api.js';
import { badges } from '../kit/badges.js';
import { askable, findable } from '../kit/finder.js';
import { go } from '../kit/router.js';
import { socket } from '../kit/socket.js';
import { Store } from '../kit/store.js';
import { say } from '../kit/texts.js';
import { session } from '../identity/session.js';
import { search } from './deeds.js';
import { hold, release } from './line.js';
import { linkTo } from './links.js';
import { preview } from './notices.js';
import { acquaintances, learn } from './people.js';

/** So many rooms are heard as things happen; the others are asked after once a minute. */
export const LIVE_ROOMS = 40;
const REFRESH_MILLIS = 60_000;
const PAGE = 100;
const FOUND = 5;

/** My rooms, the liveliest first: `status` is `loading`, `ready` or `failed`; `cursor` is where further ones begin. */
export const rooms = new Store({ status: 'loading', items: [], cursor: null, error: null });

const heard = new Map();
/** Rooms that are no part of the list and were looked at: others' open rooms, and the talk of a neighbour's thing. */
const visited = new Map();
let timer;
let unlisten = [];

/** Listens to my rooms until `stop`. A room that somebody else took me into is told of as any that changed. */
export async function start() {
  findable('rooms', () => rooms.value.items.map((room) => ({ icon: iconOf(room), text: nameOf(room), detail: room.unread || '', path: `/chat/${room.id}` })));
  findable('people', peopleToFind);
  askable('messages', messagesToFind);
  socket.start();
  unlisten = [socket.on('chat.mentioned', mentioned), socket.on('chat.room', ({ room }) => roomOf(room) || refresh())];
  timer = setInterval(refresh, REFRESH_MILLIS);
  document.addEventListener('visibilitychange', refreshWhenSeen);
  await refresh();
  if (rooms.value.status === 'ready' && rooms.value.items.length === 0) await meetEverybody();
}

export function stop() {
  clearInterval(timer);
  document.removeEventListener('visibilitychange', refreshWhenSeen);
  unlisten.forEach((end) => end());
  [...heard.keys()].forEach(unhear);
  visited.clear();
  socket.stop();
  rooms.set({ status: 'loading', items: [], cursor: null, error: null });
  badges.merge({ chat: 0 });
}

/** People with whom there is a room of two already come as that room. */
function peopleToFind() {
  const peers = new Set(rooms.value.items.map(({ peer }) => peer?.id));
  return acquaintances()
    .filter(({ id }) => !peers.has(id))
    .map((person) => ({ icon: 'person', text: person.nickname, detail: person.username ? `@${person.username}` : '', act: async () => go(`/chat/${(await direct(person.id)).id}`) }));
}

/** The newest messages with these words, and the way to all of them. */
async function messagesToFind(words) {
  const { items } = await search(words, null, null, FOUND);
  const found = items.map((message) => ({ icon: 'chat-left-text', text: preview(message), detail: message.author?.nickname ?? '', path: linkTo(message) }));
  return [...found, { icon: 'search', text: say('chat.search-for', { words }), detail: '', path: `/chat/search?q=${encodeURIComponent(words)}` }];
}

/** Who is new starts in the room where everybody is. */
async function meetEverybody() {
  const { items } = await publicRooms().catch(() => ({ items: [] }));
  const everybody = items.find((room) => room.is_default);
  if (everybody) await join(everybody.id).catch(() => {});
}

const refreshWhenSeen = () => document.hidden || refresh();

/** Asks again for as many rooms as stand here already, so that what is shown is never half old. */
export async function refresh() {
  try {
    const wanted = rooms.value.items.length;
    let page = await myRooms();
    const items = [...page.items];
    while (page.next_cursor && items.length < wanted) {
      page = await myRooms(page.next_cursor);
      items.push(...page.items);
    }
    show(items);
    rooms.merge({ status: 'ready', cursor: page.next_cursor, error: null });
  } catch (error) {
    if (rooms.value.status !== 'ready') rooms.merge({ status: 'failed', error });
  }
}

let lengthening = null;

/** The next page of my rooms; however often it is asked for, once. What goes wrong stands beside the list. */
export function more() {
  lengthening ??= lengthen().finally(() => (lengthening = null));
  return lengthening;
}

async function lengthen() {
  rooms.merge({ error: null });
  try {
    const page = await myRooms(rooms.value.cursor);
    const known = new Set(rooms.value.items.map(({ id }) => id));
    show([...rooms.value.items, ...page.items.filter(({ id }) => !known.has(id))]);
    rooms.merge({ cursor: page.next_cursor });
  } catch (error) {
    rooms.merge({ error });
  }
}

const myRooms = (cursor) => api.get('/chat/rooms', { scope: 'mine', limit: PAGE, cursor });

export const roomOf = (id) => rooms.value.items.find((room) => room.id === id) ?? null;

/** As far as this page knows, also of a room that is not in the list. */
export const knownRoom = (id) => roomOf(id) ?? visited.get(id) ?? null;

/** A room by its id, mine or not. */
export async function lookUp(id) {
  const room = await api.get(`/chat/rooms/${id}`);
  visited.set(id, room);
  return room;
}

export const publicRooms = (cursor) => api.get('/chat/rooms', { scope: 'public', cursor });

export const create = async (room) => keep(await api.post('/chat/rooms', room));

export const change = async (id, fields) => keep(await api.patch(`/chat/rooms/${id}`, fields));

/** A room with a password wants it from who is no member yet. */
export const join = async (id, password) => keep(await api.post(`/chat/rooms/${id}/join`, password === undefined ? {} : { password }));

/** The room of two with somebody; with oneself it holds notes. */
export const direct = async (user) => keep(await api.post('/chat/directs', { user }));

export async function leave(id) {
  await api.post(`/chat/rooms/${id}/leave`);
  drop(id);
}

export async function remove(id) {
  await api.delete(`/chat/rooms/${id}`);
  drop(id);
}

/** Tells everybody's unread numbers how far I have read. */
export async function read(id, seq) {
  const room = knownRoom(id);
  if (!room || seq < room.read_seq || (seq === room.read_seq && room.unread === 0)) return;
  const marker = await socket.call('chat.read', { room: id, seq }).catch(() => null);
  if (marker) merge(id, { ...marker, ...(marker.unread === 0 && { unread_mentions: 0 }) });
}

export const iconOf = ({ type, has_password: isLocked }) => (type === 'direct' ? 'person' : isLocked ? 'key' : type === 'private' ? 'lock' : 'hash');

/** A room of two goes by the other one's name, the room of everybody by a word of the reader's language. */
export function nameOf(room) {
  if (room.type === 'direct') return isWithMyself(room) ? say('chat.notes') : (room.peer?.nickname ?? say('chat.somebody'));
  return room.is_default && room.name === 'general' ? say('chat.everybody') : room.name;
}

export const isWithMyself = ({ type, peer }) => type === 'direct' && peer?.id === session.value.user?.id;

export const isOwner = (room) => room?.my_role === 'owner';

export const moderates = (room) => ['owner', 'moderator'].includes(room?.my_role);

export const isMember = (room) => Boolean(room?.my_role);

function keep(room) {
  show([room, ...rooms.value.items.filter(({ id }) => id !== room.id)]);
  return room;
}

function drop(id) {
  unhear(id);
  show(rooms.value.items.filter((room) => room.id !== id));
}

function merge(id, fields) {
  if (visited.has(id)) visited.set(id, { ...visited.get(id), ...fields });
  if (roomOf(id)) show(rooms.value.items.map((room) => (room.id === id ? { ...room, ...fields } : room)));
}

function show(items) {
  const sorted = [...items].sort((one, other) => activity(other).localeCompare(activity(one)));
  rooms.merge({ items: sorted });
  badges.merge({ chat: sorted.reduce((sum, { unread }) => sum + unread, 0) });
  sorted.slice(0, LIVE_ROOMS).forEach(hear);
  sorted.slice(2 * LIVE_ROOMS).forEach(({ id }) => unhear(id));
  sorted.forEach(({ peer }) => peer && learn(peer));
}

const activity = (room) => room.last_message?.created_at ?? room.created_at;

function hear({ id, last_seq: position }) {
  if (heard.has(id)) return;
  const end = new AbortController();
  heard.set(id, end);
  const line = hold(id, position);
  const on = (name, act) => line.addEventListener(name, ({ detail }) => act(detail), { signal: end.signal });
  on('opened', ({ last_seq, read_seq, unread }) => merge(id, { last_seq, read_seq, unread }));
  on('changes', ({ messages, since }) => messages.forEach((message) => changed(id, message, since)));
  on('reset', refresh);
  on('read', (marker) => readElsewhere(id, marker));
  on('room', () => lookAgain(id));
  on('closed', () => drop(id));
}

function unhear(id) {
  heard.get(id)?.abort();
  if (heard.delete(id)) release(id);
}

/** Keeps a room's line in the list true to what has just been said or changed in it. */
function changed(id, message, since) {
  const room = roomOf(id);
  if (!room) return;
  if (message.seq <= since) return changedLater(room, message);
  const mine = message.author?.id === session.value.user?.id;
  const counts = !mine && !['notice', 'system'].includes(message.kind) && !message.deleted_at && message.seq > room.read_seq;
  merge(id, {
    last_seq: message.changed_seq,
    last_message: message,
    unread: mine ? 0 : room.unread + (counts ? 1 : 0),
    unread_mentions: mine ? 0 : room.unread_mentions,
    read_seq: mine ? message.seq : room.read_seq,
  });
  if (message.kind === 'notice') lookAgain(id);
}

/** What the room is now; how much of it is unread this page knows better. */
async function lookAgain(id) {
  const room = await lookUp(id).catch(() => ({}));
  const { last_seq, read_seq, unread, unread_mentions, last_message, ...told } = room;
  merge(id, told);
}

async function changedLater(room, message) {
  if (room.last_message?.id === message.id) merge(room.id, { last_message: message });
  if (!message.deleted_at || message.seq <= room.read_seq) return;
  const marker = await socket.call('chat.read', { room: room.id, seq: room.read_seq }).catch(() => null);
  if (marker) merge(room.id, marker);
}

function readElsewhere(id, { user, seq }) {
  const room = roomOf(id);
  if (!room || learn(user) !== session.value.user?.id || seq <= room.read_seq) return;
  const isAll = seq >= (room.last_message?.seq ?? 0);
  merge(id, { read_seq: seq, ...(isAll && { unread: 0, unread_mentions: 0 }) });
}

/** Somebody named me, perhaps in a room that is not heard: then the server knows the number. */
function mentioned({ room: id, seq }) {
  const room = roomOf(id);
  if (!room || !heard.has(id)) refresh();
  else if (seq > room.read_seq) merge(id, { unread_mentions: (room.unread_mentions ?? 0) + 1 });
}
