import { css, html } from 'lit';
import { define, Element } from './element.js';

/** A short word about a thing: "지금 이 기기". */
class Chip extends Element {
  static properties = { text: {}, quiet: { type: Boolean, reflect: true } };

  static styles = css`
    :host {
      flex: none;
      padding: 0 var(--space-2);
      border-radius: var(--pill);
      background: var(--accent-soft);
      color: var(--accent);
      font-size: var(--text-small);
      font-weight: var(--bold);
      white-space: nowrap;
    }
    :host([quiet]) {
      background: var(--sunken);
      color: var(--muted);
    }
  `;

  render() {
    return html`${this.text}`;
  }
}

define('m-chip', Chip);
