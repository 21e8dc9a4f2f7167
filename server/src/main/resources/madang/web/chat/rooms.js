import { api } from '../kit/api.js';
import { badges } from '../kit/badges.js';
import { findable } from '../kit/finder.js';
import { socket } from '../kit/socket.js';
import { Store } from '../kit/store.js';
import { session } from '../identity/session.js';
import { hold, release } from './line.js';
import { learn } from './people.js';

const LIVE_ROOMS = 40;
const REFRESH_MILLIS = 60_000;
const PAGE = 100;

/** My rooms, the liveliest first: `status` is `loading`, `ready` or `failed`. */
export const rooms = new Store({ status: 'loading', items: [], error: null });

const heard = new Map();
let timer;

/** Listens to my rooms until `stop`. Rooms that somebody else took me into show up with the next refresh. */
export async function start() {
  findable('rooms', () => rooms.value.items.map(({ id, name, type, unread }) => ({ icon: iconOf(type), text: name, detail: unread || '', path: `/chat/${id}` })));
  socket.start();
  timer = setInterval(refresh, REFRESH_MILLIS);
  document.addEventListener('visibilitychange', refreshWhenSeen);
  await refresh();
  if (rooms.value.status === 'ready' && rooms.value.items.length === 0) await meetEverybody();
}

export function stop() {
  clearInterval(timer);
  document.removeEventListener('visibilitychange', refreshWhenSeen);
  [...heard.keys()].forEach(unhear);
  socket.stop();
  rooms.set({ status: 'loading', items: [], error: null });
  badges.merge({ chat: 0 });
}

/** Who is new starts in the room where everybody is. */
async function meetEverybody() {
  const { items } = await publicRooms().catch(() => ({ items: [] }));
  const everybody = items.find((room) => room.is_default);
  if (everybody) await join(everybody.id).catch(() => {});
}

const refreshWhenSeen = () => document.hidden || refresh();

export async function refresh() {
  try {
    const { items } = await api.get('/chat/rooms', { scope: 'mine', limit: PAGE });
    show(items);
    rooms.merge({ status: 'ready', error: null });
  } catch (error) {
    if (rooms.value.status !== 'ready') rooms.merge({ status: 'failed', error });
  }
}

export const roomOf = (id) => rooms.value.items.find((room) => room.id === id) ?? null;

/** A room by its id, mine or not. */
export const lookUp = (id) => api.get(`/chat/rooms/${id}`);

export const publicRooms = (cursor) => api.get('/chat/rooms', { scope: 'public', cursor });

export const create = async (room) => keep(await api.post('/chat/rooms', room));

export const change = async (id, fields) => keep(await api.patch(`/chat/rooms/${id}`, fields));

export const join = async (id) => keep(await api.post(`/chat/rooms/${id}/join`));

export async function leave(id) {
  await api.post(`/chat/rooms/${id}/leave`);
  drop(id);
}

export async function remove(id) {
  await api.delete(`/chat/rooms/${id}`);
  drop(id);
}

export const members = (id, cursor) => api.get(`/chat/rooms/${id}/members`, { cursor, limit: PAGE });

export const expel = (id, user) => api.delete(`/chat/rooms/${id}/members/${user}`);

/** Tells everybody's unread numbers how far I have read. */
export async function read(id, seq) {
  const room = roomOf(id);
  if (!room || seq < room.read_seq || (seq === room.read_seq && room.unread === 0)) return;
  const marker = await socket.call('chat.read', { room: id, seq }).catch(() => null);
  if (marker) merge(id, marker);
}

export const iconOf = (type) => (type === 'private' ? 'lock' : 'hash');

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
  if (roomOf(id)) show(rooms.value.items.map((room) => (room.id === id ? { ...room, ...fields } : room)));
}

function show(items) {
  const sorted = [...items].sort((one, other) => activity(other).localeCompare(activity(one)));
  rooms.merge({ items: sorted });
  badges.merge({ chat: sorted.reduce((sum, { unread }) => sum + unread, 0) });
  sorted.slice(0, LIVE_ROOMS).forEach(hear);
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
  const counts = !mine && message.kind !== 'notice' && !message.deleted_at && message.seq > room.read_seq;
  merge(id, {
    last_seq: message.changed_seq,
    last_message: message,
    unread: mine ? 0 : room.unread + (counts ? 1 : 0),
    read_seq: mine ? message.seq : room.read_seq,
  });
  if (message.kind === 'notice') lookUp(id).then(({ name, description, member_count, my_role }) => merge(id, { name, description, member_count, my_role }), () => {});
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
  merge(id, { read_seq: seq, unread: seq >= (room.last_message?.seq ?? 0) ? 0 : room.unread });
}
