import { css, html } from 'lit';
import { define, Element } from './element.js';
import { say } from './texts.js';

/** The shape of a list that is on its way. What comes within 300 ms comes without it. */
class Skeleton extends Element {
  static properties = { rows: { type: Number } };

  static styles = css`
    :host {
      display: grid;
      gap: var(--space-4);
      padding: var(--space-4);
      animation: appear var(--quick) var(--patience) both;
    }
    .row {
      display: grid;
      grid-template-columns: var(--control) 1fr;
      column-gap: var(--space-3);
      row-gap: var(--space-2);
    }
    i {
      block-size: 0.8em;
      border-radius: var(--pill);
      background: var(--line);
    }
    i:first-of-type {
      grid-row: span 2;
      block-size: var(--control);
    }
    i:nth-of-type(2) {
      inline-size: 35%;
    }
    i:nth-of-type(3) {
      inline-size: 75%;
    }
    @keyframes appear {
      from {
        opacity: 0;
      }
    }
  `;

  render() {
    return html`<span class="unseen" role="status">${say('kit.loading')}</span>
      ${Array.from({ length: this.rows ?? 6 }, () => html`<div class="row" aria-hidden="true"><i></i><i></i><i></i></div>`)}`;
  }
}

define('m-skeleton', Skeleton);
