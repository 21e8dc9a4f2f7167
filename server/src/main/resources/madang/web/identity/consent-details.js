import { css, html, nothing } from 'lit';
import { say } from '../kit/texts.js';

/** All that the law wants to be said about something to agree to; `said` is what stands beside its version. */
export function consentDetails({ version, url, ...consent }, said = nothing) {
  return html`<details>
    <summary>${say('identity.consent-details')}</summary>
    <dl>
      ${['purpose', 'items', 'period', 'refusal'].map((name) => html`<dt>${say(`identity.consent-${name}`)}</dt><dd>${consent[name]}</dd>`)}
      <dt>${say('identity.consent-version')}</dt>
      <dd>${url ? html`<a href=${url} target="_blank" rel="noopener">${version}</a>` : version} ${said}</dd>
    </dl>
  </details>`;
}

export const consentStyles = css`
  summary {
    color: var(--muted);
    font-size: var(--text-small);
    cursor: pointer;
  }
  dl {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: var(--space-1) var(--space-3);
    margin-block: var(--space-2);
    font-size: var(--text-small);
  }
  dt {
    color: var(--muted);
  }
`;
