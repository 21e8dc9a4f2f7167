import { api } from '../kit/api.js';

/** Links that lead into an event. */

export const links = (event) => async (cursor) => {
  const page = await api.get(`/events/${event}/invite-links`, { cursor });
  return { ...page, items: page.items.map((link) => ({ id: link.code, ...link })) };
};

export const makeLink = (event, wish) => api.post(`/events/${event}/invite-link`, wish);

export const shut = (event, code) => api.delete(`/events/${event}/invite-link/${code}`);

export const pictureOf = (event, code) => `/events/${event}/invite-link/${code}/qr`;

export const look = (code) => api.get(`/invite/${code}`);

export const join = (code) => api.post(`/invite/${code}/join`);
