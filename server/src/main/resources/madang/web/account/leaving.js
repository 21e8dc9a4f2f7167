import { css, html, nothing } from 'lit';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { toast } from '../kit/toast.js';
import { signOut } from '../identity/session.js';
import '../kit/confirm.js';

/** Signing out here, or everywhere at once. */
class Leaving extends Element {
  static properties = { asking: { state: true }, busy: { state: true } };

  static styles = [
    buttons,
    css`
      .choices {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
        margin-block-start: var(--space-3);
      }
    `,
  ];

  render() {
    return html`<p class="muted">${say('account.sessions-about')}</p>
      <div class="choices">
        ${button({ text: say('account.sign-out'), icon: 'box-arrow-right', busy: this.busy, onclick: () => this.#leave() })}
        ${button({ text: say('account.sign-out-everywhere'), onclick: () => (this.asking = true) })}
      </div>
      ${this.asking
        ? html`<m-confirm
            heading=${say('account.sign-out-everywhere')}
            text=${say('account.sign-out-everywhere-about')}
            action=${say('account.sign-out-everywhere')}
            .act=${() => signOut({ everywhere: true })}
            @close=${() => (this.asking = false)}
          ></m-confirm>`
        : nothing}`;
  }

  async #leave() {
    this.busy = true;
    try {
      await signOut();
    } catch (error) {
      toast(error.message, 'danger');
    }
    this.busy = false;
  }
}

define('account-leaving', Leaving);
