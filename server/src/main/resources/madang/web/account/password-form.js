import { css, html, nothing } from 'lit';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { field, fields } from '../kit/field.js';
import { Form } from '../kit/form.js';
import { say } from '../kit/texts.js';
import { toast } from '../kit/toast.js';
import { changePassword, hasPassword, meet, session } from '../identity/session.js';

class PasswordForm extends Element {
  static styles = [
    buttons,
    fields,
    css`
      .done {
        justify-self: start;
      }
    `,
  ];

  #form = new Form(this, async ({ current_password, new_password }, form) => {
    await changePassword({ ...(current_password && { current_password }), new_password });
    form.reset();
    toast(say(hasPassword() ? 'account.password-changed' : 'account.password-chosen'));
    meet({ ...session.value.user, has_password: true });
  });

  constructor() {
    super();
    this.watch(session);
  }

  render() {
    const form = this.#form;
    const isFirst = !hasPassword();
    return html`<form novalidate @submit=${form.onsubmit}>
      ${isFirst ? html`<p class="muted">${say('account.first-password-about')}</p>` : nothing}
      <input hidden name="username" autocomplete="username" .value=${session.value.user?.username ?? ''} readonly />
      ${isFirst
        ? nothing
        : field({
            name: 'current_password',
            label: say('account.current-password'),
            type: 'password',
            autocomplete: 'current-password',
            error: form.error('current_password'),
          })}
      ${field({
        name: 'new_password',
        label: say('account.new-password'),
        type: 'password',
        autocomplete: 'new-password',
        hint: isFirst ? '' : say('account.password-ends-others'),
        error: form.error('new_password'),
      })}
      ${form.summary('current_password', 'new_password')}
      <div class="done">${button({ text: say(isFirst ? 'account.first-password' : 'account.change-password'), kind: 'primary', type: 'submit', busy: form.busy })}</div>
    </form>`;
  }
}

define('account-password-form', PasswordForm);
