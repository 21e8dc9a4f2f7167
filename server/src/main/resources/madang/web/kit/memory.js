/**
 * What this browser remembers between visits. A browser that refuses to remember (private mode, full
 * disk) costs the memory, never the page.
 */
export function remember(key, value) {
  try {
    if (value === null || value === undefined) localStorage.removeItem(`madang.${key}`);
    else localStorage.setItem(`madang.${key}`, JSON.stringify(value));
  } catch {
    // Nothing to do: the value stays in this page.
  }
}

export function recall(key) {
  try {
    return JSON.parse(localStorage.getItem(`madang.${key}`));
  } catch {
    return null;
  }
}

/** Forgets everything whose key starts so. */
export function forget(prefix) {
  try {
    Object.keys(localStorage)
      .filter((key) => key.startsWith(`madang.${prefix}`))
      .forEach((key) => localStorage.removeItem(key));
  } catch {
    // As above.
  }
}
