import { html } from 'lit';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { field, fields } from '../kit/field.js';
import { Form } from '../kit/form.js';
import { say } from '../kit/texts.js';
import { Agreements, agreementStyles } from './agreements.js';
import { signUp } from './session.js';

class SignUp extends Element {
  static styles = [buttons, fields, agreementStyles];

  #agreements = new Agreements(this);

  #form = new Form(this, async ({ username, nickname, password, ...rest }) => {
    const consents = await this.#agreements.given(rest);
    await signUp({ username, password, ...(nickname && { nickname }), consents });
  });

  render() {
    const form = this.#form;
    return html`<form novalidate @submit=${form.onsubmit}>
      ${field({
        name: 'username',
        label: say('identity.username'),
        hint: say('identity.username-hint'),
        autocomplete: 'username',
        error: form.error('username'),
      })}
      ${field({
        name: 'password',
        label: say('identity.password'),
        type: 'password',
        autocomplete: 'new-password',
        error: form.error('password'),
      })}
      ${field({
        name: 'nickname',
        label: say('identity.nickname-optional'),
        hint: say('identity.nickname-hint'),
        autocomplete: 'nickname',
        error: form.error('nickname'),
      })}
      ${this.#agreements.render(form)} ${form.summary('username', 'password', 'nickname', ...this.#agreements.names)}
      ${button({ text: say('identity.sign-up'), kind: 'primary', type: 'submit', busy: form.busy })}
    </form>`;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#agreements.ask();
  }

  firstUpdated() {
    this.$('#username').focus();
  }
}

define('identity-sign-up', SignUp);
