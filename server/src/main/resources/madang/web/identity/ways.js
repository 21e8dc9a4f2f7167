import { css, html, nothing } from 'lit';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { knowsPasskeys } from './passkey.js';
import { lookAround, signInByPasskey } from './session.js';

/** The ways in that need no password. */
class Ways extends Element {
  static properties = { busy: { state: true }, error: { state: true } };

  static styles = [
    buttons,
    css`
      .ways {
        display: grid;
        gap: var(--space-2);
      }
      .or {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        margin-block-end: var(--space-4);
        color: var(--muted);
        font-size: var(--text-small);
      }
      .or::before,
      .or::after {
        content: '';
        flex: 1;
        border-block-start: var(--hairline) solid var(--line);
      }
      .ways button {
        min-block-size: var(--touch);
      }
      .error {
        margin-block-start: var(--space-3);
        color: var(--danger);
        text-align: center;
      }
    `,
  ];

  render() {
    return html`<p class="or">${say('identity.or')}</p>
      <div class="ways">
        ${knowsPasskeys() ? this.#way('passkey', say('identity.with-passkey'), 'key', signInByPasskey) : nothing}
        ${this.#way('guest', say('identity.as-guest'), 'eye', lookAround, 'quiet')}
      </div>
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}`;
  }

  #way(name, text, icon, enter, kind) {
    return button({ text, icon, kind, busy: this.busy === name, disabled: Boolean(this.busy), onclick: () => this.#enter(name, enter) });
  }

  async #enter(name, enter) {
    this.busy = name;
    this.error = '';
    try {
      await enter();
    } catch (error) {
      this.error = error.message;
    }
    this.busy = '';
  }
}

define('identity-ways', Ways);
