import { css } from 'lit';

/** What every component starts from: boxes, visible focus, type, and words for ears only. */
export const foundation = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :host {
    display: block;
  }
  [hidden],
  :host([hidden]) {
    display: none !important;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd,
  figure {
    margin: 0;
    padding: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  h1,
  h2,
  h3 {
    font-size: inherit;
    font-weight: var(--bold);
  }
  a {
    color: var(--accent);
    text-underline-offset: 0.2em;
  }
  :focus-visible {
    outline: var(--focus) solid var(--accent);
    outline-offset: var(--focus);
  }
  ::placeholder {
    color: var(--muted);
    opacity: 1;
  }
  .unseen {
    position: absolute;
    inline-size: var(--hairline);
    block-size: var(--hairline);
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .muted {
    color: var(--muted);
  }
  .small {
    font-size: var(--text-small);
  }
`;
