import { css, html, nothing } from 'lit';
import { api } from '../kit/api.js';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { field, fields } from '../kit/field.js';
import { Form } from '../kit/form.js';
import { say } from '../kit/texts.js';
import { ago, exact } from '../kit/time.js';
import { toast } from '../kit/toast.js';
import { knowsPasskeys, makePasskey } from '../identity/passkey.js';
import { hasPassword } from '../identity/session.js';
import { part } from './part.js';
import '../kit/confirm.js';
import '../kit/dialog.js';
import '../kit/list.js';
import '../kit/menu.js';
import '../kit/row.js';

const PASSKEYS = '/users/me/passkeys';

/** The keys by which the reader comes in without a password. */
class Passkeys extends Element {
  static properties = { busy: { state: true }, error: { state: true }, renamed: { state: true }, removed: { state: true }, isProofWanted: { state: true } };

  static styles = [
    buttons,
    fields,
    part,
    css`
      m-dialog button {
        justify-self: end;
      }
    `,
  ];

  #form = new Form(this, async ({ name }) => {
    await api.patch(`${PASSKEYS}/${this.renamed.id}`, { name });
    this.$('m-dialog').close();
    await this.$('m-list').refresh();
  });

  #proof = new Form(this, async ({ password }) => {
    await this.#make(password ? { password } : {});
    this.$('m-dialog').close();
  });

  render() {
    return html`<p class="muted">${say('account.passkeys-about')}</p>
      <m-list label=${say('account.passkeys')} .load=${() => api.get(PASSKEYS)} .row=${this.#row}>
        <p>${say('account.passkeys-none')}</p>
      </m-list>
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
      <div class="deeds">
        ${knowsPasskeys()
          ? button({ text: say('account.passkey-add'), icon: 'plus-lg', busy: this.busy, onclick: () => this.#add() })
          : html`<p class="muted small">${say('account.passkeys-unable')}</p>`}
      </div>
      ${this.renamed ? this.#renaming() : nothing} ${this.removed ? this.#removing() : nothing} ${this.isProofWanted ? this.#proving() : nothing}`;
  }

  #row = (passkey) => {
    const name = nameOf(passkey);
    const items = [
      { icon: 'pencil', text: say('account.passkey-rename'), act: () => (this.renamed = passkey) },
      { icon: 'trash3', text: say('account.passkey-remove'), kind: 'harm', act: () => (this.removed = passkey) },
    ];
    return html`<m-row icon="key" name=${name} detail=${about(passkey)} exact=${exact(passkey.last_used_at ?? passkey.created_at)}>
      <m-menu label=${say('account.passkey-more', { name })} .items=${items}></m-menu>
    </m-row>`;
  };

  #renaming() {
    const form = this.#form;
    return html`<m-dialog heading=${say('account.passkey-rename')} @close=${() => (this.renamed = null)}>
      <form novalidate @submit=${form.onsubmit}>
        ${field({ name: 'name', label: say('account.passkey-name'), value: nameOf(this.renamed), maxlength: 50, error: form.error('name'), autofocus: true })}
        ${form.summary('name')} ${button({ text: say('kit.save'), kind: 'primary', type: 'submit', busy: form.busy })}
      </form>
    </m-dialog>`;
  }

  #removing() {
    const { id } = this.removed;
    return html`<m-confirm
      heading=${say('account.passkey-remove')}
      text=${say('account.passkey-remove-about', { name: nameOf(this.removed) })}
      action=${say('account.passkey-remove')}
      .act=${async () => {
        await api.delete(`${PASSKEYS}/${id}`);
        toast(say('account.passkey-removed'));
        await this.$('m-list').refresh();
      }}
      @close=${() => (this.removed = null)}
    ></m-confirm>`;
  }

  async #add() {
    this.busy = true;
    this.error = '';
    try {
      await this.#make({});
    } catch (error) {
      this.isProofWanted = error.code === 'FRESH_SIGN_IN_REQUIRED' && hasPassword();
      if (!this.isProofWanted) this.error = error.message;
    }
    this.busy = false;
  }

  async #make(proof) {
    const credential = await makePasskey(await api.post(`${PASSKEYS}/options`, proof));
    await api.post(PASSKEYS, { credential });
    toast(say('account.passkey-added'));
    await this.$('m-list').refresh();
  }

  #proving() {
    const form = this.#proof;
    return html`<m-dialog heading=${say('account.passkey-add')} @close=${() => (this.isProofWanted = false)}>
      <form novalidate @submit=${form.onsubmit}>
        ${field({
          name: 'password',
          label: say('account.current-password'),
          type: 'password',
          autocomplete: 'current-password',
          hint: say('account.proof-hint'),
          error: form.error('password'),
          autofocus: true,
        })}
        ${form.summary('password')} ${button({ text: say('account.passkey-add'), kind: 'primary', type: 'submit', busy: form.busy })}
      </form>
    </m-dialog>`;
  }
}

const nameOf = ({ name, authenticator }) => name ?? authenticator ?? say('account.passkey-unnamed');

const about = ({ is_synced: isSynced, last_used_at: used }) =>
  [used ? say('account.passkey-used', { when: ago(used) }) : say('account.passkey-unused'), say(isSynced ? 'account.passkey-synced' : 'account.passkey-here')].join(' · ');

define('account-passkeys', Passkeys);
