import { css } from 'lit';

/** How a room lies on the page: the conversation, and beside it or above it a panel. */
export const roomStyles = css`
  :host {
    position: relative;
    block-size: 100%;
    overflow: clip;
  }
  .all {
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr) auto;
    block-size: 100%;
  }
  .conversation {
    position: relative;
    display: grid;
    grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
    grid-auto-rows: auto;
    min-inline-size: 0;
    min-block-size: 0;
  }
  .conversation.bare {
    grid-template-rows: minmax(0, 1fr);
  }
  .panel,
  .panel > * {
    block-size: 100%;
    min-block-size: 0;
  }
  .drop {
    position: absolute;
    z-index: 2;
    inset: var(--space-3);
    display: grid;
    place-items: center;
    border: var(--focus) dashed var(--accent);
    border-radius: var(--radius);
    background: var(--accent-soft);
    color: var(--accent);
    font-size: var(--text-large);
    font-weight: var(--bold);
    opacity: 0.95;
    pointer-events: none;
  }
  @media (max-width: 1199px) {
    .panel {
      position: absolute;
      z-index: 2;
      inset-block: 0;
      inset-inline-end: 0;
      box-shadow: var(--shadow);
    }
  }
  @media (max-width: 1199px) and (prefers-reduced-motion: no-preference) {
    .panel {
      animation: slide var(--quick) ease-out;
    }
    @keyframes slide {
      from {
        translate: 100%;
      }
    }
  }
`;
