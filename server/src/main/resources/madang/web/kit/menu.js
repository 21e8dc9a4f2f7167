import { css, html } from 'lit';
import { arrows } from './arrows.js';
import { buttons, iconButton } from './button.js';
import { define, Element } from './element.js';
import './icon.js';
import './popover.js';

/** A button behind which further deeds wait: `items` are `{icon, text, kind?, act}`. */
class Menu extends Element {
  static properties = { label: {}, icon: {}, items: { attribute: false } };

  static styles = [
    buttons,
    css`
      [role='menu'] {
        display: grid;
        min-inline-size: 11em;
      }
      [role='menu'] button {
        justify-content: start;
        border-color: transparent;
        background: none;
        font-weight: normal;
        text-align: start;
      }
      button.harm {
        color: var(--danger);
      }
    `,
  ];

  render() {
    return html`${iconButton({ icon: this.icon ?? 'three-dots', label: this.label, popup: 'menu', onclick: () => this.open() })}
      <m-popover>
        <div role="menu" aria-label=${this.label} @keydown=${arrows}>
          ${this.items.map(
            ({ icon, text, kind = '', act }) =>
              html`<button class=${kind} type="button" role="menuitem" @click=${() => this.#chosen(act)}><m-icon name=${icon}></m-icon><span>${text}</span></button>`,
          )}
        </div>
      </m-popover>`;
  }

  open() {
    this.$('m-popover').openBeside(this.$('button'));
  }

  #chosen(act) {
    this.$('m-popover').close();
    act();
  }
}

define('m-menu', Menu);
