import { css, html } from 'lit';
import { define, Element } from './element.js';

const TINTS = 6;

/** A person's picture, or the first letter of the name on a tint that stays the same for the person. */
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

const tint = (id) => ([...id].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) >>> 0, 7) % TINTS) + 1;

/** The page asks no other host for anything, so a picture from elsewhere gives way to the letter. */
function isOurs(picture) {
  return Boolean(picture) && URL.canParse(picture, location.href) && new URL(picture, location.href).origin === location.origin;
}

define('m-avatar', Avatar);
