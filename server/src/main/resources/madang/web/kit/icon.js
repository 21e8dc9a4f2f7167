import { css } from 'lit';
import { define, Element } from './element.js';

/** A picture from bootstrap-icons in the colour of the text around it. It says nothing to ears: its control does. */
class Icon extends Element {
  static properties = { name: {} };

  static styles = css`
    :host {
      display: inline-block;
      flex: none;
      inline-size: 1.25em;
      block-size: 1.25em;
      background: currentColor;
      mask: var(--icon) center / contain no-repeat;
      forced-color-adjust: none;
    }
  `;

  connectedCallback() {
    super.connectedCallback();
    this.setAttribute('aria-hidden', 'true');
  }

  willUpdate() {
    this.style.setProperty('--icon', `url("${import.meta.resolve(`bootstrap-icons/${this.name}.svg`)}")`);
  }
}

define('m-icon', Icon);
