/** The words of a row stand at its lower end: its head goes when one of the same person comes above it. */
export const bottom = (row) => row.getBoundingClientRect().bottom;

/** The first row that reaches below this edge; rows stand in order, so halving finds it. */
export function firstBelow(all, edge) {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bottom(all[middle]) > edge) high = middle;
    else low = middle + 1;
  }
  return all[low] ?? null;
}
