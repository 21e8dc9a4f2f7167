import { css, html, nothing } from 'lit';
import { api } from '../kit/api.js';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { field, fields } from '../kit/field.js';
import { Form } from '../kit/form.js';
import { say } from '../kit/texts.js';
import { toast } from '../kit/toast.js';
import { hasPassword, meet, session } from '../identity/session.js';
import '../kit/chip.js';
import '../kit/dialog.js';
import '../kit/row.js';

/** Where the reader can be reached, and by which they come back when all else is forgotten. */
class Contacts extends Element {
  static properties = { changing: { state: true }, code: { state: true }, isProofWanted: { state: true } };

  static styles = [
    buttons,
    fields,
    css`
      form button {
        justify-self: end;
      }
    `,
  ];

  #form = new Form(this, (values) => this.#proving(() => (this.changing === 'email' ? this.#email(values) : this.#phone(values))));

  #coding = new Form(this, async ({ code }) => {
    meet(await api.put('/users/me/phone', { verification_id: this.code, code: code.trim() }));
    toast(say('account.phone-proved'));
    this.$('m-dialog').close();
  });

  constructor() {
    super();
    this.watch(session);
  }

  render() {
    const { user } = session.value;
    if (!user) return nothing;
    return html`<p class="muted">${say('account.contacts-about')}</p>
      ${this.#row('email', 'envelope', user.email, user.email_verified)} ${this.#row('phone', 'phone', user.phone, user.phone_verified)}
      ${this.changing ? this.#dialog() : nothing}`;
  }

  #row(name, icon, value, isProved) {
    const text = say(value ? (isProved ? 'account.contact-change' : 'account.contact-prove') : 'account.contact-add');
    return html`<m-row icon=${icon} name=${say(`account.${name}`)} detail=${value ?? say('account.contact-none')}>
      ${value ? html`<m-chip text=${say(isProved ? 'account.contact-proved' : 'account.contact-unproved')}></m-chip>` : nothing}
      <button type="button" aria-label="${say(`account.${name}`)} ${text}" @click=${() => this.#begin(name)}>${text}</button>
    </m-row>`;
  }

  #begin(name) {
    this.code = null;
    this.isProofWanted = false;
    this.changing = name;
  }

  #dialog() {
    return html`<m-dialog heading=${say(`account.${this.changing}`)} @close=${() => (this.changing = null)}>${this.code ? this.#codeForm() : this.#valueForm()}</m-dialog>`;
  }

  #valueForm() {
    const form = this.#form;
    const name = this.changing;
    return html`<form novalidate @submit=${form.onsubmit}>
      ${field({
        name,
        label: say(`account.${name}`),
        type: name === 'email' ? 'email' : 'tel',
        autocomplete: name === 'email' ? 'email' : 'tel',
        value: session.value.user[name] ?? '',
        error: form.error(name),
        autofocus: true,
      })}
      ${this.isProofWanted
        ? field({
            name: 'password',
            label: say('account.current-password'),
            type: 'password',
            autocomplete: 'current-password',
            hint: say('account.proof-hint'),
            error: form.error('password'),
          })
        : nothing}
      ${form.summary(name, 'password')}
      ${button({ text: say(name === 'email' ? 'account.send-link' : 'account.send-code'), kind: 'primary', type: 'submit', busy: form.busy })}
    </form>`;
  }

  #codeForm() {
    const form = this.#coding;
    return html`<form novalidate @submit=${form.onsubmit}>
      <p role="status">${say('account.code-sent')}</p>
      ${field({ name: 'code', label: say('account.code'), autocomplete: 'one-time-code', numeric: true, error: form.error('code') })}
      ${form.summary('code')} ${button({ text: say('account.code-check'), kind: 'primary', type: 'submit', busy: form.busy })}
    </form>`;
  }

  async #email({ email, password }) {
    await api.post('/users/me/email', { email, ...(password && { password }) });
    toast(say('account.link-sent', { email }));
    this.$('m-dialog').close();
  }

  async #phone({ phone, password }) {
    const { verification_id: code } = await api.post('/users/me/phone', { phone, ...(password && { password }) });
    this.code = code;
  }

  /** Asks for the password only where the sign-in is too long ago. */
  async #proving(deed) {
    try {
      await deed();
    } catch (error) {
      if (error.code === 'FRESH_SIGN_IN_REQUIRED') this.isProofWanted = hasPassword();
      throw error;
    }
  }
}

define('account-contacts', Contacts);
