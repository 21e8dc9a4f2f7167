import { css } from 'lit';

/** How the composer looks: one quiet box that grows with what stands in it. */
export const composerStyles = css`
  :host {
    position: relative;
    padding: 0 var(--space-4) calc(var(--space-4) + env(safe-area-inset-bottom));
  }
  .box {
    border: var(--hairline) solid var(--line);
    border-radius: var(--radius);
    background: var(--paper);
  }
  .box:has(textarea:focus-visible) {
    border-color: var(--accent);
    outline: var(--hairline) solid var(--accent);
  }
  .about {
    display: flex;
    align-items: center;
    gap: var(--space-2);
    padding: var(--space-1) var(--space-1) var(--space-1) var(--space-3);
    border-block-end: var(--hairline) solid var(--line);
    font-size: var(--text-small);
  }
  .about span {
    flex: 1;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .about m-icon {
    color: var(--accent);
  }
  .line {
    display: flex;
    align-items: end;
    gap: var(--space-1);
    padding: var(--space-1);
  }
  textarea {
    flex: 1;
    min-inline-size: 0;
    min-block-size: var(--control);
    max-block-size: var(--field-tall);
    padding: var(--space-1) var(--space-2);
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    font-size: var(--text-input);
    resize: none;
    field-sizing: content;
  }
  textarea:focus-visible {
    outline: none;
  }
  button.send {
    background: var(--accent);
    color: var(--on-accent);
  }
  button.send:hover:not(:disabled) {
    background: var(--accent-near);
    color: var(--on-accent);
  }
  button.send:disabled {
    background: none;
    color: var(--muted);
  }
  .error {
    padding-block-start: var(--space-1);
    color: var(--danger);
    font-size: var(--text-small);
  }
  .count {
    align-self: center;
  }
  .hint {
    padding-block-start: var(--space-1);
  }
  chat-completion {
    position: absolute;
    z-index: 1;
    inset-inline: var(--space-4);
    inset-block-end: 100%;
  }
  input[type='file'] {
    display: none;
  }
`;
