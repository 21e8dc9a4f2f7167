import { css, html, nothing } from 'lit';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { ago } from '../kit/time.js';
import '../kit/chip.js';

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
