import { css, html, nothing } from 'lit';
import { api } from '../kit/api.js';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { ago } from '../kit/time.js';
import { toast } from '../kit/toast.js';
import { part } from './part.js';
import '../kit/chip.js';
import '../kit/list.js';

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

/** One thing to agree to. What is required stands as it is: leaving is the way to take it back. */
class Consent extends Element {
  static properties = { consent: { attribute: false } };

  static styles = css`
    :host {
      padding-block: var(--space-2);
    }
    label,
    .fixed {
      display: flex;
      align-items: center;
      gap: var(--space-3);
      min-block-size: var(--touch);
    }
    label {
      cursor: pointer;
    }
    b {
      flex: 1;
      min-inline-size: 0;
    }
    input {
      inline-size: 1.25em;
      block-size: 1.25em;
      margin: 0;
      accent-color: var(--accent);
    }
    summary {
      color: var(--muted);
      font-size: var(--text-small);
      cursor: pointer;
    }
    dl {
      display: grid;
      grid-template-columns: auto 1fr;
      gap: var(--space-1) var(--space-3);
      margin-block-start: var(--space-2);
      font-size: var(--text-small);
    }
    dt {
      color: var(--muted);
    }
  `;

  render() {
    const { kind, version, required, title, granted, url, decided_at: decidedAt } = this.consent;
    return html`${required
        ? html`<div class="fixed"><b>${title}</b><m-chip text=${say('account.consent-required')}></m-chip></div>`
        : html`<label
            ><b>${title}</b
            ><input type="checkbox" .checked=${granted} @change=${({ currentTarget }) => this.tell('decide', { kind, version, granted: currentTarget.checked })}
          /></label>`}
      <details>
        <summary>${say('account.consent-details')}</summary>
        <dl>
          ${['purpose', 'items', 'period', 'refusal'].map((name) => html`<dt>${say(`account.consent-${name}`)}</dt><dd>${this.consent[name]}</dd>`)}
          <dt>${say('account.consent-version')}</dt>
          <dd>
            ${url ? html`<a href=${url} target="_blank" rel="noopener">${version}</a>` : version}
            ${decidedAt ? say(granted ? 'account.consent-since' : 'account.consent-refused', { when: ago(decidedAt) }) : nothing}
          </dd>
        </dl>
      </details>`;
  }
}

define('account-consent', Consent);
define('account-consents', Consents);
