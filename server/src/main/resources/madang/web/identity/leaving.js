import { css, html, nothing } from 'lit';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { toast } from '../kit/toast.js';
import { signOut } from './session.js';
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
    return html`<p class="muted">${say('identity.sessions-about')}</p>
      <div class="choices">
        ${button({ text: say('identity.sign-out'), icon: 'box-arrow-right', busy: this.busy, onclick: () => this.#leave() })}
        ${button({ text: say('identity.sign-out-everywhere'), onclick: () => (this.asking = true) })}
      </div>
      ${this.asking
        ? html`<m-confirm
            heading=${say('identity.sign-out-everywhere')}
            text=${say('identity.sign-out-everywhere-about')}
            action=${say('identity.sign-out-everywhere')}
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

define('identity-leaving', Leaving);
