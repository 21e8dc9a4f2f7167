import { css, html, nothing } from 'lit';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { ago } from '../kit/time.js';
import { consentDetails, consentStyles } from '../identity/consent-details.js';
import '../kit/chip.js';

/** One thing to agree to. What is required stands as it is: leaving is the way to take it back. */
class Consent extends Element {
  static properties = { consent: { attribute: false } };

  static styles = [
    consentStyles,
    css`
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
    `,
  ];

  render() {
    const { kind, version, required, title, granted, decided_at: decidedAt } = this.consent;
    return html`${required
        ? html`<div class="fixed"><b>${title}</b><m-chip text=${say('account.consent-required')}></m-chip></div>`
        : html`<label
            ><b>${title}</b
            ><input type="checkbox" .checked=${granted} @change=${({ currentTarget }) => this.tell('decide', { kind, version, granted: currentTarget.checked })}
          /></label>`}
      ${consentDetails(this.consent, decidedAt ? say(granted ? 'account.consent-since' : 'account.consent-refused', { when: ago(decidedAt) }) : nothing)}`;
  }
}

define('account-consent', Consent);
