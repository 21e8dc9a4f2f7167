import { html, nothing } from 'lit';
import { api } from '../kit/api.js';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { toast } from '../kit/toast.js';
import { part } from './part.js';
import '../kit/list.js';
import './consent.js';

/** What the reader has agreed to, each on its own, with all that the law wants to be said about it. */
class Consents extends Element {
  static properties = { error: { state: true } };

  static styles = [part];

  render() {
    return html`<p class="muted">${say('account.consents-about')}</p>
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
      <m-list label=${say('account.consents')} .load=${load} .row=${(consent) => html`<account-consent .consent=${consent} @decide=${this.#decide}></account-consent>`}>
        <p>${say('account.consents-none')}</p>
      </m-list>`;
  }

  #decide = async ({ detail: { kind, version, granted } }) => {
    this.error = '';
    try {
      await api.put(`/users/me/consents/${kind}`, { version, granted });
      toast(say(granted ? 'account.consent-given' : 'account.consent-taken'));
    } catch (error) {
      this.error = error.message;
    }
    await this.$('m-list').refresh();
  };
}

async function load() {
  const page = await api.get('/consents');
  return { ...page, items: page.items.map((consent) => ({ ...consent, id: consent.kind })) };
}

define('account-consents', Consents);
