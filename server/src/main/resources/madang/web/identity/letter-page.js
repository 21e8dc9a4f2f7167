import { css, html } from 'lit';
import { api } from '../kit/api.js';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { field, fields } from '../kit/field.js';
import { Form } from '../kit/form.js';
import { go, letter } from '../kit/router.js';
import { say } from '../kit/texts.js';
import { Agreements, agreementStyles } from './agreements.js';
import { session, signInBy } from './session.js';
import './gate.js';

/**
 * Where a mailed link leads: `reset` a password, `verify` an address, `enter`. It does what it is for at a
 * press and not by itself, because mail programs open links before their readers do.
 */
class Letter extends Element {
  static properties = { purpose: {}, isDone: { state: true } };

  static styles = [
    buttons,
    fields,
    agreementStyles,
    css`
      .done {
        display: grid;
        gap: var(--space-4);
      }
      a {
        justify-self: center;
      }
    `,
  ];

  #agreements = new Agreements(this);

  #form = new Form(this, async ({ new_password, ...rest }) => {
    await this.#agreements.asking(rest, (consents) => DEEDS[this.purpose](letter.value, { new_password, ...consents }));
    this.isDone = this.purpose !== 'enter';
  });

  constructor() {
    super();
    this.watch(letter, session);
  }

  render() {
    const name = `identity.letter.${this.purpose}`;
    return html`<identity-gate heading=${say(this.isDone ? `${name}-done` : name)} about=${letter.value || this.isDone ? '' : say('identity.letter.empty')}>
      ${this.isDone || !letter.value ? this.#onward() : this.#doing(name)}
    </identity-gate>`;
  }

  #doing(name) {
    const form = this.#form;
    return html`<form novalidate @submit=${form.onsubmit}>
      ${this.purpose === 'reset'
        ? field({ name: 'new_password', label: say('identity.new-password'), type: 'password', autocomplete: 'new-password', error: form.error('new_password') })
        : html`<p>${say(`${name}-about`)}</p>`}
      ${this.#agreements.render(form)} ${form.summary('new_password', ...this.#agreements.names)} ${button({ text: say(`${name}-action`), kind: 'primary', type: 'submit', busy: form.busy })}
    </form>`;
  }

  #onward() {
    const isIn = session.value.state === 'user';
    return html`<div class="done">
      ${button({ text: say(isIn ? 'identity.onward' : 'identity.sign-in'), kind: 'primary', onclick: () => go(isIn ? '/' : '/welcome') })}
    </div>`;
  }
}

const DEEDS = {
  reset: (token, { new_password }) => api.call('/auth/reset-password', { token, new_password }),
  verify: (token) => api.call('/auth/verify-email', { token }),
  enter: async (token, { consents }) => {
    await signInBy('/auth/magic-link/verify', { token, ...(consents && { consents }) });
    go('/');
  },
};

define('identity-letter', Letter);
