import { api } from '../kit/api.js';
import { socket } from '../kit/socket.js';

const PAGE = 100;
const MOST_KNOWN_MEMBERS = 500;

/** What one can do in a room and ask of it, each a call of the server. */

export const members = (room, cursor) => api.get(`/chat/rooms/${room}/members`, { cursor, limit: PAGE });

const gathered = new Map();

/** The members of a room, all where it is of usual size; what was asked within a minute is not asked again. */
export function membersOf(room) {
  const known = gathered.get(room);
  if (known && known.until > Date.now()) return known.all;
  const all = allPages((cursor) => members(room, cursor), MOST_KNOWN_MEMBERS);
  gathered.set(room, { all, until: Date.now() + 60_000 });
  all.catch(() => gathered.delete(room));
  return all;
}

async function allPages(load, most) {
  const all = [];
  let cursor;
  do {
    const page = await load(cursor);
    all.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor && all.length < most);
  return all;
}

/** What somebody is in a room; refused where he is not in it. */
export const memberOf = (room, user) => api.get(`/chat/rooms/${room}/members/${user}`);
export const addMember = (room, user) => api.post(`/chat/rooms/${room}/members`, { user });

export const expel = (room, user) => api.delete(`/chat/rooms/${room}/members/${user}`);

/** `fields` are `role` or `muted_until`. */
export const changeMember = (room, user, fields) => api.patch(`/chat/rooms/${room}/members/${user}`, fields);

export const bans = (room, cursor) => api.get(`/chat/rooms/${room}/bans`, { cursor, limit: PAGE });

export const ban = (room, user) => api.post(`/chat/rooms/${room}/bans`, { user });

export const unban = (room, user) => api.delete(`/chat/rooms/${room}/bans/${user}`);

/** How far each member has read. */
export const markersOf = (room) => allPages((cursor) => api.get(`/chat/rooms/${room}/markers`, { cursor, limit: PAGE }), PAGE);

export const messageOf = (room, message) => api.get(`/chat/messages/${message}`, { room });

export const react = (room, message, emoji, on) => socket.call('chat.react', { room, message, emoji, on });

export const pin = (room, message, on) => api[on ? 'put' : 'delete'](`/chat/rooms/${room}/messages/${message}/pin`);

export const pins = (room) => api.get(`/chat/rooms/${room}/pins`);

export const announceTo = (room, text) => api.post(`/chat/rooms/${room}/announcements`, { text });

/** Messages with these words, the newest first; in one room, or in all of mine. */
export const search = (words, room, cursor, limit) => api.get('/chat/search', { q: words, room, cursor, limit });

/** Where I was named, the newest first. */
export const mentions = (cursor) => api.get('/chat/mentions', { cursor });

export const block = (user) => api.put(`/users/me/blocks/${user}`);

export const unblock = (user) => api.delete(`/users/me/blocks/${user}`);

export const blocks = (cursor) => api.get('/users/me/blocks', { cursor });

export const report = (about) => api.post('/reports', about);

/** Whoever goes by exactly this handle, or nobody. */
export async function lookUpPerson(handle) {
  const { items } = await api.get('/users/search', { handle });
  return items[0] ?? null;
}
