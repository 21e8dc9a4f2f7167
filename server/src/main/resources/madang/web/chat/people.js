const known = new Map();

/** Remembers somebody whose name came along with something else; answers their id. */
export function learn(person) {
  if (typeof person === 'string') return person;
  known.set(person.id, { ...known.get(person.id), ...person });
  return person.id;
}

export const personOf = (id) => known.get(id) ?? null;
