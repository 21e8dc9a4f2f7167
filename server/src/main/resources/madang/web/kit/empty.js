import { css, html, nothing } from 'lit';
import { define, Element } from './element.js';
import './icon.js';

/** Says what belongs here while nothing does; the slot offers the first step. */
class Empty extends Element {
  static properties = { icon: {}, heading: {}, text: {} };

  static styles = css`
    :host {
      display: grid;
      justify-items: center;
      align-content: center;
      gap: var(--space-2);
      padding: var(--space-6) var(--space-4);
      text-align: center;
    }
    m-icon {
      inline-size: 2em;
      block-size: 2em;
      margin-block-end: var(--space-2);
      color: var(--muted);
    }
    p {
      color: var(--muted);
      max-inline-size: 36ch;
    }
    ::slotted(*) {
      margin-block-start: var(--space-3);
    }
  `;

  render() {
    return html`${this.icon ? html`<m-icon name=${this.icon}></m-icon>` : nothing}
      <h2>${this.heading}</h2>
      ${this.text ? html`<p>${this.text}</p>` : nothing}
      <slot></slot>`;
  }
}

define('m-empty', Empty);
