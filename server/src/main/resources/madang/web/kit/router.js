import { Store } from './store.js';

/** Where the reader is: the address decides what is seen, so that every view can be shared. */
export const route = new Store(here());

/**
 * The token of a mailed link. It stands in the fragment, `/#/reset?token=…`, which no server sees, and is
 * taken out of the address as soon as it is here, so that it stays in no history either.
 */
export const letter = new Store(null);

function here() {
  return { path: location.pathname, query: new URLSearchParams(location.search) };
}

/** Goes to a path of ours. `replace` leaves no trace to come back to. */
export function go(path, { replace = false } = {}) {
  if (path !== location.pathname + location.search) history[replace ? 'replaceState' : 'pushState'](null, '', path);
  route.set(here());
}

/** Takes up a mailed link that the address still holds. */
export function openLetter() {
  const found = /^#(\/[\w-]+)(?:\?token=([\w-]+))?$/.exec(location.hash);
  if (!found) return;
  history.replaceState(null, '', found[1]);
  letter.set(found[2] ?? null);
  route.set(here());
}

/** The values of `/chat/{room}` in a path, or null where it is another path. */
export function match(pattern, path) {
  const names = [];
  const shape = pattern.replace(/\{(\w+)\}/g, (_, name) => (names.push(name), '([^/]+)'));
  const found = path.match(new RegExp(`^${shape}/?$`));
  return found && Object.fromEntries(names.map((name, at) => [name, decodeURIComponent(found[at + 1])]));
}

/** Follows plain clicks on links to pages that `isOurs`; everything else stays the browser's. */
export function followLinks(isOurs) {
  openLetter();
  addEventListener('hashchange', openLetter);
  addEventListener('popstate', () => route.set(here()));
  document.addEventListener('click', (click) => {
    const link = click.composedPath().find((node) => node.nodeName === 'A' && node.href);
    if (!link || click.defaultPrevented || click.button !== 0 || opensElsewhere(click, link)) return;
    const target = new URL(link.href);
    if (target.origin !== location.origin || !isOurs(target.pathname)) return;
    click.preventDefault();
    go(target.pathname + target.search);
  });
}

const opensElsewhere = (click, link) =>
  click.metaKey || click.ctrlKey || click.shiftKey || click.altKey || link.target || link.hasAttribute('download');
