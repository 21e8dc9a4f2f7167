import { css, html, nothing } from 'lit';
import { button, buttons } from './button.js';
import { define, Element } from './element.js';
import { say } from './texts.js';
import './dialog.js';

/** Asks before something that cannot be taken back; `act` runs while the question stands. */
class Confirm extends Element {
  static properties = { heading: {}, text: {}, action: {}, act: { attribute: false }, busy: { state: true }, error: { state: true } };

  static styles = [
    buttons,
    css`
      .choices {
        display: flex;
        flex-wrap: wrap;
        justify-content: end;
        gap: var(--space-2);
        margin-block-start: var(--space-5);
      }
      .error {
        margin-block-start: var(--space-3);
        color: var(--danger);
      }
    `,
  ];

  render() {
    return html`<m-dialog heading=${this.heading}>
      <p>${this.text}</p>
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
      <div class="choices">
        ${button({ text: say('kit.cancel'), onclick: () => this.$('m-dialog').close() })}
        ${button({ text: this.action, kind: 'danger', busy: this.busy, onclick: () => this.#act() })}
      </div>
    </m-dialog>`;
  }

  async #act() {
    this.busy = true;
    this.error = '';
    try {
      await this.act();
      this.$('m-dialog').close();
    } catch (error) {
      this.error = error.message || say('kit.unreachable');
    }
    this.busy = false;
  }
}

define('m-confirm', Confirm);
