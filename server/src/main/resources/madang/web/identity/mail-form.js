import { html } from 'lit';
import { api } from '../kit/api.js';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { field, fields } from '../kit/field.js';
import { Form } from '../kit/form.js';
import { say } from '../kit/texts.js';

const PATHS = { forgot: '/auth/forgot-password', mail: '/auth/magic-link' };

/** Asks for a letter with a link: to a new password (`forgot`), or straight in (`mail`). Whether anybody has the address, nobody learns. */
class MailForm extends Element {
  static properties = { purpose: {}, sentTo: { state: true } };

  static styles = [buttons, fields];

  #form = new Form(this, async ({ email }) => {
    await api.call(PATHS[this.purpose], { email });
    this.sentTo = email;
  });

  render() {
    const form = this.#form;
    if (this.sentTo) return html`<p role="status">${say(`identity.way.${this.purpose}-sent`, { email: this.sentTo })}</p>`;
    return html`<form novalidate @submit=${form.onsubmit}>
      ${field({ name: 'email', label: say('identity.email'), type: 'email', autocomplete: 'email', error: form.error('email') })}
      ${form.summary('email')} ${button({ text: say('identity.send-link'), kind: 'primary', type: 'submit', busy: form.busy })}
    </form>`;
  }

  firstUpdated() {
    this.$('#email').focus();
  }
}

define('identity-mail-form', MailForm);
