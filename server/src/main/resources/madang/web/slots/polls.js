import { api } from '../kit/api.js';

const POLLS = '/polls';

/** Times about which several are asked. */

export async function mine(cursor) {
  const page = await api.get(POLLS, { cursor });
  return { ...page, items: page.items.map((poll) => ({ id: poll.code, ...poll })) };
}

export const make = (poll) => api.post(POLLS, poll);

export const look = (code) => api.get(`${POLLS}/${code}`);

/** All of the reader's answers, in the place of those before. */
export const vote = (code, votes) => api.put(`${POLLS}/${code}/votes`, { votes });

/** Makes an event of a time. */
export const settle = (code, option) => api.post(`${POLLS}/${code}/close`, { option });

export const remove = (code) => api.delete(`${POLLS}/${code}`);
