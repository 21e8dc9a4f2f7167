import { css, html, nothing } from 'lit';
import { api } from '../kit/api.js';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { field, fields } from '../kit/field.js';
import { Form } from '../kit/form.js';
import { say } from '../kit/texts.js';
import { Agreements, agreementStyles } from './agreements.js';
import { signInBy } from './session.js';

/** In by a code that comes to a phone: first the number, then what it was told. Where it stands beside something else (`named`), it asks for a name too and takes no focus. */
class PhoneForm extends Element {
  static properties = { named: { type: Boolean }, asked: { state: true } };

  static styles = [
    buttons,
    fields,
    agreementStyles,
    css`
      .again {
        justify-self: center;
      }
    `,
  ];

  #asking = new Form(this, async ({ phone }) => {
    this.asked = { phone, ...(await api.call('/auth/phone/send', { phone })) };
  });

  #agreements = new Agreements(this);

  #entering = new Form(this, ({ code, nickname, ...rest }) =>
    this.#agreements.asking(rest, (consents) => signInBy('/auth/phone/verify', { verification_id: this.asked.verification_id, code: code.trim(), ...(nickname && { nickname }), ...consents })),
  );

  render() {
    return this.asked ? this.#code() : this.#number();
  }

  #number() {
    const form = this.#asking;
    return html`<form novalidate @submit=${form.onsubmit}>
      ${field({ name: 'phone', label: say('identity.phone'), type: 'tel', autocomplete: 'tel', hint: say('identity.phone-hint'), error: form.error('phone') })}
      ${form.summary('phone')} ${button({ text: say('identity.send-code'), kind: 'primary', type: 'submit', busy: form.busy })}
    </form>`;
  }

  #code() {
    const form = this.#entering;
    return html`<form novalidate @submit=${form.onsubmit}>
      <p role="status">${say('identity.code-sent', { phone: this.asked.phone })}</p>
      ${field({ name: 'code', label: say('identity.code'), autocomplete: 'one-time-code', numeric: true, error: form.error('code') })}
      ${this.named ? field({ name: 'nickname', label: say('identity.nickname'), autocomplete: 'nickname', error: form.error('nickname') }) : nothing}
      ${this.#agreements.render(form)} ${form.summary('code', 'nickname', ...this.#agreements.names)} ${button({ text: say('identity.sign-in'), kind: 'primary', type: 'submit', busy: form.busy })}
      <span class="again">${button({ text: say('identity.code-again'), kind: 'link', onclick: () => (this.asked = null) })}</span>
    </form>`;
  }

  updated(changed) {
    if (changed.has('asked')) this.$('input').focus();
  }

  firstUpdated() {
    if (!this.named) this.$('#phone').focus();
  }
}

define('identity-phone-form', PhoneForm);
