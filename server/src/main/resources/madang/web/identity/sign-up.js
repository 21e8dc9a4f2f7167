import { html } from 'lit';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { field, fields } from '../kit/field.js';
import { Form } from '../kit/form.js';
import { say } from '../kit/texts.js';
import { signUp } from './session.js';

class SignUp extends Element {
  static styles = [buttons, fields];

  #form = new Form(this, ({ username, nickname, password }) => signUp({ username, password, ...(nickname && { nickname }) }));

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
      ${form.summary('username', 'password', 'nickname')}
      ${button({ text: say('identity.sign-up'), kind: 'primary', type: 'submit', busy: form.busy })}
    </form>`;
  }

  firstUpdated() {
    this.$('#username').focus();
  }
}

define('identity-sign-up', SignUp);
