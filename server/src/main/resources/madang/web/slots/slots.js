import { api } from '../kit/api.js';
import { session } from '../identity/session.js';

const SLOTS = '/open-slots';

/** Anybody may look; who is signed in sees what is theirs as well. */
const read = (path, query) => (session.value.state === 'user' ? api.get(path, query) : api.ask(path, query));

export const list = (filters, cursor) => read(SLOTS, { ...filters, cursor });

export const one = (id) => read(`${SLOTS}/${id}`);

/** A place that is kept for the reader for five minutes. */
export const hold = (id) => api.post(`${SLOTS}/${id}/hold`);

export const book = async (id) => (await api.post(`${SLOTS}/${id}/book`)).slot;

export const giveBack = (id) => api.delete(`${SLOTS}/${id}/booking`);

export const close = (id) => api.delete(`${SLOTS}/${id}`);

export const publish = (slot) => api.post(SLOTS, slot);

export const publishSeries = (series) => api.post(`${SLOTS}/series`, series);

export const CATEGORIES = ['exercise', 'education', 'counselling', 'hobby', 'beauty', 'business', 'other'];

/** Whether the reader's account may offer slots. */
export const mayOffer = () => ['BUSINESS', 'EXPERT'].includes(session.value.user?.role);
