import { css, html, nothing } from 'lit';
import { api } from '../kit/api.js';
import { define, Element } from '../kit/element.js';
import { has, say } from '../kit/texts.js';
import { toast } from '../kit/toast.js';
import { providerMark } from '../identity/provider-mark.js';
import { part } from './part.js';
import '../kit/confirm.js';
import '../kit/list.js';
import '../kit/row.js';

const LINKS = '/users/me/links';

/** The accounts elsewhere by which the reader comes in, and the houses where there could be more. */
class Links extends Element {
  static properties = { failure: {}, error: { state: true }, parted: { state: true } };

  static styles = [
    part,
    css`
      .error {
        margin: 0;
      }
    `,
  ];

  render() {
    const error = this.error ?? (this.failure && say(has(`identity.failure.${this.failure}`) ? `identity.failure.${this.failure}` : 'identity.failure'));
    return html`<p class="muted">${say('account.links-about')}</p>
      ${error ? html`<p class="error" role="alert">${error}</p>` : nothing}
      <m-list label=${say('account.links')} .load=${load} .row=${this.#row}>
        <p>${say('account.links-nowhere')}</p>
      </m-list>
      ${this.parted
        ? html`<m-confirm
            heading=${say('account.unlink-named', { name: nameOf(this.parted) })}
            text=${say('account.unlink-about', { name: nameOf(this.parted) })}
            action=${say('account.unlink')}
            .act=${() => this.#unlink(this.parted)}
            @close=${() => (this.parted = null)}
          ></m-confirm>`
        : nothing}`;
  }

  #row = ({ id, link }) => {
    const name = nameOf(id);
    const [text, label, act] = link
      ? ['account.unlink', 'account.unlink-named', () => (this.parted = id)]
      : ['account.link', 'account.link-named', () => this.#link(id)];
    return html`<m-row name=${name} detail=${link ? (link.nickname ?? link.email ?? '') : say('account.link-none')}>
      <span slot="sign">${providerMark(id)}</span>
      <button type="button" aria-label=${say(label, { name })} @click=${act}>${say(text)}</button>
    </m-row>`;
  };

  /** The browser goes to the other house and comes back here. */
  async #link(provider) {
    this.error = '';
    try {
      const { authorization_url: address } = await api.get(`/auth/${provider}`, { link: 1, redirect: '/settings/security' });
      location.assign(address);
    } catch (error) {
      this.error = error.message;
    }
  }

  async #unlink(provider) {
    await api.delete(`${LINKS}/${provider}`);
    toast(say('account.unlinked'));
    await this.$('m-list').refresh();
  }
}

/** Every provider that is offered here, or linked from when it was. */
async function load() {
  const [offers, links] = await Promise.all([api.get('/auth/providers'), api.get(LINKS)]);
  const linked = new Map(links.items.map((link) => [link.provider, link]));
  const names = new Set([...offers.items.map(({ provider }) => provider), ...linked.keys()]);
  return { items: [...names].map((id) => ({ id, link: linked.get(id) })), next_cursor: null };
}

const nameOf = (provider) => say(`identity.${provider}`);

define('account-links', Links);
