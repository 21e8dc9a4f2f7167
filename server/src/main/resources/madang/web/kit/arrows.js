const CONTROLS = 'a[href], button:not(:disabled), [tabindex]';

/**
 * Arrow keys in a list: up and down, Home and End move the focus between rows. Put it on the list as
 * its `keydown`; a row is a child of the list, and its first control takes the focus.
 */
export function arrows(press) {
  const rows = [...press.currentTarget.children].map(firstControl).filter(Boolean);
  const at = rows.findIndex((row) => press.composedPath().includes(row));
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[press.key];
  if (next === undefined || !rows[next] || press.isComposing) return;
  press.preventDefault();
  rows[next].focus();
}

/** The first control of a row, also where the row is a component that keeps its controls to itself. */
function firstControl(row) {
  if (row.matches(CONTROLS)) return row;
  const inside = row.querySelector(CONTROLS);
  if (inside) return inside;
  return [...row.children].map((child) => child.shadowRoot?.querySelector(CONTROLS)).find(Boolean);
}
