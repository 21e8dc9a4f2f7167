import { css, html } from 'lit';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { field, fields } from '../kit/field.js';
import { Form } from '../kit/form.js';
import { say } from '../kit/texts.js';
import { signIn } from './session.js';

class SignIn extends Element {
  static styles = [
    buttons,
    fields,
    css`
      .forgot {
        justify-self: center;
      }
    `,
  ];

  #form = new Form(this, signIn);

  render() {
    const form = this.#form;
    return html`<form novalidate @submit=${form.onsubmit}>
      ${field({
        name: 'identifier',
        label: say('identity.identifier'),
        autocomplete: 'username',
        error: form.error('identifier'),
        autofocus: true,
      })}
      ${field({
        name: 'password',
        label: say('identity.password'),
        type: 'password',
        autocomplete: 'current-password',
        error: form.error('password'),
      })}
      ${form.summary('identifier', 'password')}
      ${button({ text: say('identity.sign-in'), kind: 'primary', type: 'submit', busy: form.busy })}
      <span class="forgot small">${button({ text: say('identity.forgot'), kind: 'link', onclick: () => this.tell('way', 'forgot') })}</span>
    </form>`;
  }

  firstUpdated() {
    this.$('#identifier').focus();
  }
}

define('identity-sign-in', SignIn);
