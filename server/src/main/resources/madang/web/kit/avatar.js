import { css, html } from 'lit';
import { define, Element } from './element.js';

const TINTS = 12;
const taken = new Map();

/** A person's picture, or the first letter of the name on a tint that is theirs for as long as the page stands. */
class Avatar extends Element {
  static properties = { person: { attribute: false }, online: { type: Boolean } };

  static styles = css`
    :host {
      position: relative;
      flex: none;
      inline-size: var(--avatar-size, var(--control));
      block-size: var(--avatar-size, var(--control));
    }
    img,
    .letter {
      display: grid;
      place-items: center;
      inline-size: 100%;
      block-size: 100%;
      border-radius: var(--pill);
      object-fit: cover;
      color: var(--ink);
      font-weight: var(--bold);
      font-size: calc(var(--avatar-size, var(--control)) * 0.42);
      line-height: 1;
    }
    .tint-1 {
      background: var(--tint-1);
    }
    .tint-2 {
      background: var(--tint-2);
    }
    .tint-3 {
      background: var(--tint-3);
    }
    .tint-4 {
      background: var(--tint-4);
    }
    .tint-5 {
      background: var(--tint-5);
    }
    .tint-6 {
      background: var(--tint-6);
    }
    .tint-7 {
      background: var(--tint-7);
    }
    .tint-8 {
      background: var(--tint-8);
    }
    .tint-9 {
      background: var(--tint-9);
    }
    .tint-10 {
      background: var(--tint-10);
    }
    .tint-11 {
      background: var(--tint-11);
    }
    .tint-12 {
      background: var(--tint-12);
    }
    .online {
      position: absolute;
      inset-block-end: 0;
      inset-inline-end: 0;
      inline-size: calc(var(--dot) + 2 * var(--focus));
      block-size: calc(var(--dot) + 2 * var(--focus));
      border: var(--focus) solid var(--surface);
      border-radius: var(--pill);
      background: var(--ok);
    }
  `;

  render() {
    const { id = '', nickname = '?', profile_image_url: picture } = this.person ?? {};
    return html`${isOurs(picture)
      ? html`<img src=${picture} alt="" loading="lazy" />`
      : html`<span class="letter tint-${tint(id)}" aria-hidden="true">${firstLetter(nickname)}</span>`}
    ${this.online ? html`<span class="online"></span>` : ''}`;
  }
}

const firstLetter = (name) => [...name.trim()][0]?.toUpperCase() ?? '?';

/** The tint that follows from the id, or the next that nobody on this page wears yet. */
function tint(id) {
  if (!taken.has(id)) {
    const worn = new Set(taken.values());
    const wish = spread(id) % TINTS;
    const steps = Array.from({ length: TINTS }, (_, step) => (wish + step) % TINTS);
    taken.set(id, steps.find((free) => !worn.has(free)) ?? wish);
  }
  return taken.get(id) + 1;
}

/** Ids that differ in one letter fall far apart (FNV-1a, its last bits stirred). */
function spread(id) {
  let hash = 0x811c9dc5;
  for (const letter of id) hash = Math.imul(hash ^ letter.codePointAt(0), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** The page asks no other host for anything, so a picture from elsewhere gives way to the letter. */
function isOurs(picture) {
  return Boolean(picture) && URL.canParse(picture, location.href) && new URL(picture, location.href).origin === location.origin;
}

define('m-avatar', Avatar);
