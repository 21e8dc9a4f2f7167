import { css, html, nothing } from 'lit';
import { api } from '../kit/api.js';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { knowsPasskeys } from './passkey.js';
import { providerMark } from './provider-mark.js';
import { lookAround, signInByPasskey } from './session.js';

/** The ways in that need no password: the houses whose accounts do here too, the key of this device, a letter, a visit. */
class Ways extends Element {
  static properties = { next: {}, agreed: { attribute: false }, providers: { state: true }, busy: { state: true }, error: { state: true } };

  static styles = [
    buttons,
    css`
      :host {
        display: grid;
        gap: var(--space-4);
      }
      .or {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        color: var(--muted);
        font-size: var(--text-small);
      }
      .or::before,
      .or::after {
        content: '';
        flex: 1;
        border-block-start: var(--hairline) solid var(--line);
      }
      .ways {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
      }
      .ways > * {
        display: flex;
        flex: 1 1 7em;
        align-items: center;
        justify-content: center;
        gap: var(--space-2);
        min-block-size: var(--touch);
        padding: 0 var(--space-2);
        border: var(--hairline) solid var(--line);
        border-radius: var(--radius);
        background: var(--surface);
        color: var(--ink);
        font-weight: var(--bold);
        text-decoration: none;
      }
      a:hover {
        background: var(--sunken);
      }
      a.kakao {
        flex-basis: 100%;
        border-color: transparent;
        background: var(--kakao);
        color: var(--on-kakao);
      }
      a.kakao:hover {
        background: var(--kakao-near);
      }
      a.naver svg {
        color: var(--naver);
      }
      .more {
        display: flex;
        flex-wrap: wrap;
        justify-content: center;
        gap: var(--space-2) var(--space-4);
        font-size: var(--text-small);
      }
      .error {
        color: var(--danger);
        text-align: center;
      }
    `,
  ];

  constructor() {
    super();
    this.providers = [];
  }

  /** A gate without the other houses is a gate still: nothing is said when they cannot be asked for. */
  async connectedCallback() {
    super.connectedCallback();
    const offers = await api.ask('/auth/providers').catch(() => ({ items: [] }));
    this.providers = offers.items.map(({ provider }) => provider);
  }

  render() {
    return html`<p class="or">${say('identity.or')}</p>
      <div class="ways">
        ${this.providers.map((provider) => this.#provider(provider))}
        ${knowsPasskeys()
          ? html`<button type="button" aria-label=${say('identity.with-passkey')} aria-busy=${this.busy ? 'true' : nothing} ?disabled=${this.busy} @click=${() => this.#enter(signInByPasskey)}>
              <m-icon name="key"></m-icon><span>${say('identity.passkey')}</span>
            </button>`
          : nothing}
      </div>
      <div class="more">
        ${button({ text: say('identity.by-mail'), kind: 'link', onclick: () => this.tell('way', 'mail') })}
        ${button({ text: say('identity.by-phone'), kind: 'link', onclick: () => this.tell('way', 'phone') })}
        ${button({ text: say('identity.as-guest'), kind: 'link', disabled: this.busy, onclick: () => this.#enter(lookAround) })}
      </div>
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}`;
  }

  /** A link and no script: the browser itself goes there and comes back signed in. */
  #provider(provider) {
    const text = provider === 'kakao' ? say('identity.with-kakao') : say(`identity.${provider}`);
    const consents = this.agreed?.length ? { consents: this.agreed.join(',') } : {};
    const address = `/api/v1/auth/${provider}?${new URLSearchParams({ redirect: this.next ?? '/', ...consents })}`;
    return html`<a class=${provider} href=${address} aria-label=${say(`identity.with-${provider}`)}>${providerMark(provider)}<span>${text}</span></a>`;
  }

  async #enter(enter) {
    this.busy = true;
    this.error = '';
    try {
      await enter();
    } catch (error) {
      this.error = error.message;
    }
    this.busy = false;
  }
}

define('identity-ways', Ways);
