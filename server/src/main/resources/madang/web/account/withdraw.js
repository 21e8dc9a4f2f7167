import { css, html, nothing } from 'lit';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { field, fields } from '../kit/field.js';
import { Form } from '../kit/form.js';
import { say } from '../kit/texts.js';
import { hasPassword, withdraw } from '../identity/session.js';
import { part } from './part.js';
import '../kit/dialog.js';

/** Leaving for good, with a few days to think better of it. */
class Withdraw extends Element {
  static properties = { asking: { state: true } };

  static styles = [
    buttons,
    fields,
    part,
    css`
      form {
        margin-block-start: var(--space-4);
      }
    `,
  ];

  /** Where there is no password, the press is the confirmation. */
  #form = new Form(this, ({ password, reason }) => withdraw({ ...(password ? { password } : { confirm: true }), ...(reason && { reason }) }));

  render() {
    return html`<p class="muted">${say('account.withdraw-about')}</p>
      <div class="deeds">${button({ text: say('account.withdraw-begin'), kind: 'harm', onclick: () => (this.asking = true) })}</div>
      ${this.asking ? this.#question() : nothing}`;
  }

  #question() {
    const form = this.#form;
    return html`<m-dialog heading=${say('account.withdraw')} @close=${() => (this.asking = false)}>
      <p>${say('account.withdraw-warning')}</p>
      <form novalidate @submit=${form.onsubmit}>
        ${hasPassword()
          ? field({ name: 'password', label: say('account.password'), type: 'password', autocomplete: 'current-password', error: form.error('password'), autofocus: true })
          : nothing}
        ${field({ name: 'reason', label: say('account.withdraw-reason'), tall: true, maxlength: 500, error: form.error('reason') })} ${form.summary('password', 'reason')}
        ${button({ text: say('account.withdraw-do'), kind: 'danger', type: 'submit', busy: form.busy })}
      </form>
    </m-dialog>`;
  }
}

define('account-withdraw', Withdraw);
