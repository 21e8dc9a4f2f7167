import { api } from '../kit/api.js';
import { Store } from '../kit/store.js';

const CALENDAR = '/calendar';

/** How it stands between the reader and Google Calendar; null until it is known. */
export const connection = new Store(null);

export async function look() {
  connection.set(await api.get(`${CALENDAR}/status`));
}

/** What stands in the reader's calendar at Google between two moments; nothing where it is not connected or cannot be had. */
export async function elsewhere(from, to) {
  if (!connection.value) await look().catch(() => {});
  if (!connection.value?.has_calendar_access) return [];
  const { events } = await api.get(`${CALENDAR}/events`, { start_time: from.toISOString(), end_time: to.toISOString() }).catch(() => ({ events: [] }));
  return events.filter(({ start_time: start, end_time: end }) => start && end);
}

/** The browser goes to Google and comes back here. */
export async function connect(back) {
  const { authorization_url: address } = await api.get('/auth/google', { link: 1, calendar: 1, redirect: back });
  location.assign(address);
}

export async function disconnect() {
  await api.delete(`${CALENDAR}/connection`);
  await look();
}

/** The address of a feed is seen once; another one ends it. */
export const makeFeed = async () => (await api.post(`${CALENDAR}/feed`)).url;

export const endFeed = () => api.delete(`${CALENDAR}/feed`);
