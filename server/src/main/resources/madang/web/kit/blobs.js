import { api } from './api.js';

const KEPT = 60;
const held = new Map();

/**
 * An address in this page's memory for what stands behind a path of ours, fetched with the token. The
 * last few are kept; whoever comes back to an older one fetches it again.
 */
export function addressOf(path) {
  const known = held.get(path) ?? fetched(path);
  held.delete(path);
  held.set(path, known);
  if (held.size > KEPT) forget(held.keys().next().value);
  return known;
}

async function fetched(path) {
  try {
    return URL.createObjectURL(await api.blob(path));
  } catch (error) {
    held.delete(path);
    throw error;
  }
}

/** The picture that shows it has long been drawn; only the bytes go. */
async function forget(path) {
  const gone = held.get(path);
  held.delete(path);
  URL.revokeObjectURL(await gone.catch(() => ''));
}

/** Puts the file behind a path among the reader's downloads. */
export async function download(path, name) {
  const address = URL.createObjectURL(await api.blob(path));
  Object.assign(document.createElement('a'), { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
