import { css } from 'lit';

/** What the sections of the settings share: deeds below a list, and what went wrong with one. */
export const part = css`
  .deeds {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2);
    margin-block-start: var(--space-3);
  }
  .error {
    margin-block-start: var(--space-3);
    color: var(--danger);
    font-size: var(--text-small);
  }
`;
