import { css, html, nothing } from 'lit';
import './icon.js';

/** A native button in our dress, so that forms, keyboards and screen readers know it. */
export function button({ text, icon, kind = 'plain', type = 'button', busy = false, disabled = false, onclick }) {
  return html`<button class=${kind} type=${type} ?disabled=${disabled || busy} aria-busy=${busy ? 'true' : nothing} @click=${onclick}>
    ${icon ? html`<m-icon name=${icon}></m-icon>` : nothing}<span>${text}</span>
  </button>`;
}

/** A button that is only a picture; its name is for ears and for the pointer that rests on it. */
export function iconButton({ icon, label, kind = '', disabled = false, pressed, popup, onclick }) {
  return html`<button
    class="icon ${kind}"
    type="button"
    title=${label}
    aria-label=${label}
    aria-pressed=${pressed ?? nothing}
    aria-haspopup=${popup ?? nothing}
    ?disabled=${disabled}
    @click=${onclick}
  >
    <m-icon name=${icon}></m-icon>
  </button>`;
}

export const buttons = css`
  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--space-2);
    min-block-size: var(--control);
    padding: 0 var(--space-4);
    border: var(--hairline) solid var(--line);
    border-radius: var(--radius);
    background: var(--surface);
    color: var(--ink);
    font: inherit;
    font-weight: var(--bold);
    cursor: pointer;
    touch-action: manipulation;
    transition: background var(--quick), border-color var(--quick), opacity var(--quick);
  }
  button:hover:not(:disabled) {
    background: var(--sunken);
  }
  button:disabled {
    cursor: default;
    opacity: 0.55;
  }
  button.primary {
    border-color: transparent;
    background: var(--accent);
    color: var(--on-accent);
  }
  button.danger {
    border-color: transparent;
    background: var(--danger);
    color: var(--on-danger);
  }
  button.quiet {
    border-color: transparent;
    background: none;
  }
  button.harm {
    border-color: transparent;
    background: none;
    color: var(--danger);
  }
  button.primary:hover:not(:disabled) {
    background: var(--accent-near);
  }
  button.danger:hover:not(:disabled) {
    background: var(--danger-near);
  }
  button.wide {
    inline-size: 100%;
  }
  button.link {
    min-block-size: 0;
    padding: 0;
    border: 0;
    border-radius: var(--radius-small);
    background: none;
    color: var(--accent);
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }
  button.icon {
    flex: none;
    inline-size: var(--control);
    padding: 0;
    border-color: transparent;
    background: none;
    color: var(--muted);
  }
  button.icon:hover:not(:disabled),
  button.icon[aria-pressed='true'] {
    background: var(--sunken);
    color: var(--ink);
  }
  @media (pointer: coarse) {
    button:not(.link) {
      min-block-size: var(--touch);
    }
    button.icon {
      inline-size: var(--touch);
    }
  }
`;
