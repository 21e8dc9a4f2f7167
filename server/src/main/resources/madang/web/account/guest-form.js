import { css, html } from 'lit';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { field, fields } from '../kit/field.js';
import { Form } from '../kit/form.js';
import { say } from '../kit/texts.js';
import { toast } from '../kit/toast.js';
import { Agreements, agreementStyles } from '../identity/agreements.js';
import { settle } from '../identity/session.js';

/** A guest becomes somebody with an account, and keeps everything. */
class GuestForm extends Element {
  static styles = [
    buttons,
    fields,
    agreementStyles,
    css`
      .done {
        justify-self: start;
      }
    `,
  ];

  #agreements = new Agreements(this);

  #form = new Form(this, async ({ username, password, ...rest }) => {
    await settle({ username, password, consents: await this.#agreements.given(rest) });
    toast(say('account.guest-settled'));
  });

  connectedCallback() {
    super.connectedCallback();
    this.#agreements.ask();
  }

  render() {
    const form = this.#form;
    return html`<form novalidate @submit=${form.onsubmit}>
      <p class="muted">${say('account.guest-about')}</p>
      ${field({
        name: 'username',
        label: say('account.username'),
        hint: say('account.username-hint'),
        autocomplete: 'username',
        error: form.error('username'),
      })}
      ${field({ name: 'password', label: say('account.password'), type: 'password', autocomplete: 'new-password', error: form.error('password') })}
      ${this.#agreements.render(form)} ${form.summary('username', 'password', ...this.#agreements.names)}
      <div class="done">${button({ text: say('account.guest-settle'), kind: 'primary', type: 'submit', busy: form.busy })}</div>
    </form>`;
  }
}

define('account-guest-form', GuestForm);
