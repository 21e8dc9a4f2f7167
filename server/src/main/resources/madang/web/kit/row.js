import { css, html, nothing } from 'lit';
import { define, Element } from './element.js';
import './icon.js';

/** One thing in a list: its sign (an icon, or what stands in the slot `sign`), its name, a quiet line about it, and in the slot what can be done to it. */
class Row extends Element {
  static properties = { icon: {}, name: {}, detail: {}, exact: {} };

  static styles = css`
    :host {
      display: flex;
      align-items: center;
      gap: var(--space-3);
      min-block-size: var(--bar);
      padding-block: var(--space-2);
    }
    div {
      flex: 1;
      min-inline-size: 0;
    }
    m-icon {
      color: var(--muted);
    }
    b,
    span {
      display: block;
    }
    span {
      color: var(--muted);
      font-size: var(--text-small);
    }
  `;

  render() {
    return html`<slot name="sign">${this.icon ? html`<m-icon name=${this.icon}></m-icon>` : nothing}</slot>
      <div>
        <b>${this.name}</b>
        ${this.detail ? html`<span title=${this.exact ?? nothing}>${this.detail}</span>` : nothing}
      </div>
      <slot></slot>`;
  }
}

define('m-row', Row);
