import { css, html } from 'lit';
import { buttons, iconButton } from './button.js';
import { define, Element } from './element.js';
import { say } from './texts.js';

/**
 * A native dialog in our dress: the browser keeps the focus inside and gives it back afterwards. It is
 * open for as long as it is on the page and tells `close` when the reader has had enough of it.
 */
class Dialog extends Element {
  static properties = { heading: {} };

  static styles = [
    buttons,
    css`
      dialog {
        inline-size: min(var(--card), 100vw - var(--space-6));
        max-block-size: min(100dvh - var(--space-6), 100%);
        padding: var(--space-5);
        border: var(--hairline) solid var(--line);
        border-radius: var(--radius);
        background: var(--surface);
        color: var(--ink);
        box-shadow: var(--shadow);
        overflow: auto;
      }
      dialog::backdrop {
        background: var(--veil);
      }
      header {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-3);
        margin-block-end: var(--space-4);
      }
      h2 {
        font-size: var(--text-large);
      }
      @media (max-width: 599px) {
        dialog {
          inline-size: 100vw;
          max-inline-size: 100vw;
          margin-block-end: 0;
          border-end-start-radius: 0;
          border-end-end-radius: 0;
          padding-block-end: calc(var(--space-5) + env(safe-area-inset-bottom));
        }
      }
      @media (prefers-reduced-motion: no-preference) {
        dialog {
          animation: rise var(--quick) ease-out;
        }
        @keyframes rise {
          from {
            opacity: 0;
            translate: 0 var(--space-3);
          }
        }
      }
    `,
  ];

  render() {
    return html`<dialog aria-labelledby="heading" @close=${() => this.tell('close')} @pointerdown=${this.#outside}>
      <header>
        <h2 id="heading">${this.heading}</h2>
        ${iconButton({ icon: 'x-lg', label: say('kit.close'), onclick: () => this.close() })}
      </header>
      <slot></slot>
    </dialog>`;
  }

  firstUpdated() {
    this.$('dialog').showModal();
    this.getRootNode().querySelector('[autofocus]')?.focus();
  }

  close() {
    this.$('dialog').close();
  }

  #outside(press) {
    if (press.target !== press.currentTarget) return;
    const box = press.currentTarget.getBoundingClientRect();
    const inside = press.clientX >= box.left && press.clientX <= box.right && press.clientY >= box.top && press.clientY <= box.bottom;
    if (!inside) this.close();
  }
}

define('m-dialog', Dialog);
