import { css, html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { buttons, iconButton } from './button.js';
import { define, Element } from './element.js';
import { Store } from './store.js';
import { say } from './texts.js';

const SHOWN_MILLIS = 6000;
const toasts = new Store([]);
let last = 0;

/** A short word in the corner that goes by itself; an error stays until it is closed. */
export function toast(text, kind = 'ok') {
  const id = ++last;
  toasts.set([...toasts.value.slice(-2), { id, text, kind }]);
  if (kind !== 'danger') setTimeout(() => dismiss(id), SHOWN_MILLIS);
}

const dismiss = (id) => toasts.set(toasts.value.filter((toast) => toast.id !== id));

class Toasts extends Element {
  static styles = [
    buttons,
    css`
      :host {
        position: fixed;
        z-index: 3;
        inset-inline: var(--space-4);
        inset-block-end: calc(var(--bar) + var(--space-4) + env(safe-area-inset-bottom));
        display: grid;
        gap: var(--space-2);
        justify-items: center;
        pointer-events: none;
      }
      li {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        max-inline-size: var(--card);
        padding: var(--space-2) var(--space-2) var(--space-2) var(--space-4);
        border: var(--hairline) solid var(--line);
        border-radius: var(--radius);
        background: var(--surface);
        box-shadow: var(--shadow);
        pointer-events: auto;
      }
      li + li {
        margin-block-start: var(--space-2);
      }
      m-icon {
        color: var(--ok);
      }
      .danger m-icon[name='exclamation-circle'] {
        color: var(--danger);
      }
    `,
  ];

  constructor() {
    super();
    this.watch(toasts);
  }

  render() {
    return html`<div role="status"><ul>
      ${repeat(
        toasts.value,
        ({ id }) => id,
        ({ id, text, kind }) =>
          html`<li class=${kind}>
            <m-icon name=${kind === 'danger' ? 'exclamation-circle' : 'check-circle'}></m-icon>
            <span>${text}</span>
            ${iconButton({ icon: 'x-lg', label: say('kit.close'), onclick: () => dismiss(id) })}
          </li>`,
      )}
    </ul></div>`;
  }
}

define('m-toasts', Toasts);
