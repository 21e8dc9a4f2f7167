import { api } from '../kit/api.js';
import { badges } from '../kit/badges.js';
import { socket } from '../kit/socket.js';
import { Store } from '../kit/store.js';

const FRIENDS = '/users/friends';
const REQUESTS = `${FRIENDS}/requests`;

/** Counts what changed between me and others, for lists that are open to read themselves again. */
export const changes = new Store(0);

let unlisten = [];

/** Keeps the number of those who asked and wait on the rail, until `stop`. */
export async function start() {
  unlisten = [socket.on('people.changed', changed), socket.on('open', count)];
  await count();
}

export function stop() {
  unlisten.forEach((end) => end());
  badges.merge({ people: 0 });
}

export const friends = (cursor) => api.get(FRIENDS, { cursor });

/** @param {'incoming' | 'outgoing'} direction */
export const requests = async (direction, cursor) => {
  const page = await api.get(REQUESTS, { direction, cursor });
  return { ...page, items: page.items.map(({ user }) => user) };
};

/** Somebody by exactly this handle, with what is between us; null where there is nobody. */
export async function lookUp(handle) {
  const { items } = await api.get('/users/search', { handle });
  return items.length === 0 ? null : api.get(`/users/${items[0].id}`);
}

export const ask = (user) => done(api.post(REQUESTS, { user }));
export const accept = (user) => done(api.post(`${REQUESTS}/${user}/accept`));
export const decline = (user) => done(api.post(`${REQUESTS}/${user}/decline`));
export const cancel = (user) => done(api.delete(`${REQUESTS}/${user}`));
export const part = (user) => done(api.delete(`${FRIENDS}/${user}`));
export const block = (user) => done(api.put(`/users/me/blocks/${user}`));
export const unblock = (user) => done(api.delete(`/users/me/blocks/${user}`));

async function done(deed) {
  const answer = await deed;
  changed();
  return answer;
}

function changed() {
  changes.set(changes.value + 1);
  count();
}

/** The number is a courtesy: where it cannot be had, the old one stays. */
async function count() {
  const page = await requests('incoming').catch(() => null);
  if (page) badges.merge({ people: page.items.length });
}
