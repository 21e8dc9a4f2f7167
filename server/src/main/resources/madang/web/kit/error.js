import { css, html } from 'lit';
import { button, buttons } from './button.js';
import { define, Element } from './element.js';
import { say } from './texts.js';

/** What went wrong and what to do next; tells `retry`. */
class ErrorState extends Element {
  static properties = { error: { attribute: false }, action: {} };

  static styles = [
    buttons,
    css`
      :host {
        display: grid;
        justify-items: center;
        align-content: center;
        gap: var(--space-3);
        padding: var(--space-6) var(--space-4);
        text-align: center;
      }
      .sign {
        inline-size: 2em;
        block-size: 2em;
        color: var(--danger);
      }
    `,
  ];

  render() {
    return html`<m-icon class="sign" name="exclamation-circle"></m-icon>
      <p role="alert">${this.error?.message || say('kit.unreachable')}</p>
      ${button({ text: this.action ?? say('kit.try-again'), onclick: () => this.tell('retry') })}`;
  }
}

define('m-error', ErrorState);
