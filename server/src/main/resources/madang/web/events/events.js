import { api } from '../kit/api.js';
import { badges } from '../kit/badges.js';
import { socket } from '../kit/socket.js';
import { Store } from '../kit/store.js';
import { say } from '../kit/texts.js';
import { toast } from '../kit/toast.js';

const EVENTS = '/events';
const PAGE = 100;
const MOST_PAGES = 10;
const REFRESH_MILLIS = 60_000;

/** Counts what changed, for whatever shows events to read itself again. */
export const changes = new Store(0);

/** What lies ahead and wants something of me: invitations without an answer, words that I have not read. */
export const waiting = new Store([]);

let unlisten = [];
let timer;

/** Keeps the number of what waits on the rail, until `stop`. */
export async function start() {
  unlisten = [socket.on('open', count), socket.on('events.reminder', remind), changes.subscribe(count)];
  timer = setInterval(countWhenSeen, REFRESH_MILLIS);
  document.addEventListener('visibilitychange', countWhenSeen);
  await count();
}

export function stop() {
  clearInterval(timer);
  document.removeEventListener('visibilitychange', countWhenSeen);
  unlisten.forEach((end) => end());
  waiting.set([]);
  badges.merge({ events: 0 });
}

/** Everything that touches these moments, the earliest first. */
export async function between(from, to) {
  const items = [];
  let cursor = null;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const page = await api.get(EVENTS, { from: from.toISOString(), to: to.toISOString(), limit: PAGE, cursor });
    items.push(...page.items);
    cursor = page.next_cursor;
    if (!cursor) break;
  }
  return items.reverse();
}

export const one = (id) => api.get(`${EVENTS}/${id}`);

export const participants = (id) => (cursor) => api.get(`${EVENTS}/${id}/participants`, { cursor });

export const history = (id) => async (cursor) => {
  const page = await api.get(`${EVENTS}/${id}/history`, { cursor });
  return { ...page, items: page.items.map((change) => ({ id: change.change_id, ...change })) };
};

export const create = (event) => told(api.post(EVENTS, event));

/** Refused where somebody changed it in the meantime: `version` is the one that the reader saw. */
export const change = (id, version, fields) => told(api.patch(`${EVENTS}/${id}`, fields, `"${version}"`));

/** The same for this event and those that follow it. */
export const changeRest = (id, version, fields) => told(api.patch(`${EVENTS}/${id}/rest`, fields, `"${version}"`));

/** @param {'confirm' | 'cancel' | 'done' | 'accept' | 'decline' | 'rest/confirm' | 'rest/accept' | 'rest/decline'} name */
export const act = (id, name) => told(api.post(`${EVENTS}/${id}/${name}`));

export const remove = (id) => told(api.delete(`${EVENTS}/${id}`));

export const repeatOf = (id) => api.get(`${EVENTS}/${id}/repeat`);

export const repeat = (id, rule) => told(api.put(`${EVENTS}/${id}/repeat`, { rule }));

export const stopRepeat = (id) => told(api.delete(`${EVENTS}/${id}/repeat`));

export const reminders = () => api.get('/users/me/reminders');

export const wishReminders = (wish) => api.put('/users/me/reminders', wish);

export const invite = (id, friends) => told(api.post(`${EVENTS}/${id}/invite`, { friend_ids: friends }));

export const putOut = (id, user) => told(api.delete(`${EVENTS}/${id}/participants/${user}`));

export const noShows = (id) => async (cursor) => {
  const page = await api.get(`${EVENTS}/${id}/no-shows`, { cursor });
  return { ...page, items: page.items.map((missed) => ({ id: missed.user.id, ...missed })) };
};

export const miss = (id, user) => told(api.put(`${EVENTS}/${id}/no-shows/${user}`));

export const takeBack = (id, user) => told(api.delete(`${EVENTS}/${id}/no-shows/${user}`));

export const object = (id, user, objection) => told(api.put(`${EVENTS}/${id}/no-shows/${user}/objection`, { objection }));

async function told(deed) {
  const answer = await deed;
  changes.set(changes.value + 1);
  return answer;
}

const remind = ({ title, days }) => toast(say(days === 1 ? 'events.tomorrow' : 'events.soon', { title, days }));

const countWhenSeen = () => document.hidden || count();

/** The number is a courtesy: where it cannot be had, the old one stays. */
async function count() {
  const ahead = await api.get(EVENTS, { from: new Date().toISOString(), limit: PAGE }).catch(() => null);
  if (!ahead) return;
  waiting.set(ahead.items.filter(isInvitation).reverse());
  badges.merge({ events: ahead.items.filter((event) => isInvitation(event) || event.unread_messages > 0).length });
}

const isInvitation = ({ my_status: mine, status }) => mine === 'PENDING' && isOpen(status);

/** Whether anything may still change. */
export const isOpen = (status) => status === 'PROPOSED' || status === 'CONFIRMED';

/** Whether it took place, so that one can have missed it. */
export const isOver = ({ status, end_time: end }, now = Date.now()) => status === 'DONE' || (status === 'CONFIRMED' && now >= Date.parse(end));
