import { Store } from '../kit/store.js';
import { session } from '../identity/session.js';

const known = new Map();
const handles = new Map();

/** Changes when a room's members have been met: words that name them may then be drawn with their names. */
export const met = new Store(0);

/** Remembers somebody whose name came along with something else; answers their id. */
export function learn(person) {
  if (typeof person === 'string') return person;
  known.set(person.id, { ...known.get(person.id), ...person });
  if (person.username) handles.set(fold(person.username), person.id);
  return person.id;
}

export function meet(people) {
  people.forEach(learn);
  met.set(met.value + 1);
}

export const personOf = (id) => known.get(id) ?? null;

/** Who goes by this handle, as far as this page has heard. */
export const whoIs = (handle) => personOf(handles.get(fold(handle)));

/** Everybody this page has heard of, but for the reader. */
export const acquaintances = () => [...known.values()].filter(({ id, nickname }) => nickname && id !== session.value.user?.id);

/** Names and handles are compared without regard to case, and however a keyboard composed them. */
export const fold = (text) => text.normalize('NFC').toLowerCase();
